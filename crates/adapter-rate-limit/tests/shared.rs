//! Limits that several nodes share, in a real Redis.

#![expect(clippy::unwrap_used, reason = "a test stops where its world breaks")]

use std::{num::NonZeroU32, time::Duration};

use ipt_adapter_rate_limit::SharedRateLimiter;
use ipt_domain::id::UserId;
use ipt_ports::rate_limiter::{RateKey, RateLimiter as _, RatePolicy, RateStanding};
use ipt_testkit::redis::RedisServer;
use secrecy::SecretString;
use uuid::Uuid;

fn node(server: &RedisServer) -> SharedRateLimiter {
    hasty_node(server, Duration::from_secs(20))
}

fn hasty_node(server: &RedisServer, patience: Duration) -> SharedRateLimiter {
    SharedRateLimiter::at(&SecretString::from(server.url()), patience).unwrap()
}

fn policy(per_minute: u32) -> RatePolicy {
    RatePolicy {
        name: "default",
        per_minute: NonZeroU32::new(per_minute).unwrap(),
    }
}

fn account(number: u128) -> RateKey {
    RateKey::Account(UserId::new(Uuid::from_u128(number)))
}

#[tokio::test]
async fn what_one_node_counts_counts_at_the_other() {
    let server = RedisServer::start().await;
    let (one, other) = (node(&server), node(&server));
    assert_eq!(
        one.count(policy(3), account(1)).await,
        RateStanding {
            remaining: 2,
            reset: 20,
            wait: None
        }
    );
    assert_eq!(other.count(policy(3), account(1)).await.remaining, 1);
    assert_eq!(one.count(policy(3), account(1)).await.remaining, 0);
    let refused = other.count(policy(3), account(1)).await;
    assert!(
        refused.wait.is_some_and(|wait| (1..=20).contains(&wait)),
        "{refused:?}"
    );
    assert_eq!(other.count(policy(3), account(2)).await.wait, None);
    let address = RateKey::Address("192.0.2.7".parse().unwrap());
    assert_eq!(other.count(policy(3), address).await.wait, None);
}

#[tokio::test]
async fn of_many_at_once_no_more_than_the_quota_pass() {
    let server = RedisServer::start().await;
    let nodes: Vec<_> = (0..4).map(|_| node(&server)).collect();
    let all = (0..200).map(|sent| nodes[sent % 4].count(policy(50), account(1)));
    let standings = futures_util::future::join_all(all).await;
    let passed = standings
        .iter()
        .filter(|standing| standing.wait.is_none())
        .count();
    assert_eq!(passed, 50);
}

#[tokio::test]
async fn counters_go_by_themselves_once_they_count_for_nothing() {
    let server = RedisServer::start().await;
    node(&server).count(policy(60), account(1)).await;
    let lasts = server.ask(&[
        "PTTL",
        "ipt:rate:default:60:account:00000000-0000-0000-0000-000000000001",
    ]);
    let lasts: i64 = lasts.trim().parse().unwrap();
    assert!((1..=1_000).contains(&lasts), "{lasts}");
}

#[tokio::test]
async fn without_redis_each_node_keeps_the_limits_alone() {
    let server = RedisServer::start().await;
    let (one, other) = (node(&server), node(&server));
    assert_eq!(one.count(policy(3), account(1)).await.remaining, 2);
    drop(server);
    for node in [&one, &other] {
        for remaining in [2, 1, 0] {
            assert_eq!(node.count(policy(3), account(1)).await.remaining, remaining);
        }
        assert!(node.count(policy(3), account(1)).await.wait.is_some());
    }
}

#[tokio::test]
async fn a_redis_that_hangs_is_left_alone_and_taken_up_again() {
    let server = RedisServer::start().await;
    let one = hasty_node(&server, Duration::from_secs(5));
    one.count(policy(3), account(1)).await;
    server.signal("-STOP");
    let standings = [
        one.count(policy(3), account(1)).await,
        one.count(policy(3), account(1)).await,
    ];
    assert_eq!(
        standings.map(|standing| standing.remaining),
        [2, 1],
        "not counted by itself"
    );
    server.signal("-CONT");
    // Each pass is another five seconds by the paused clock, once the store may be asked again.
    tokio::time::pause();
    for _ in 0..100 {
        tokio::time::advance(Duration::from_secs(6)).await;
        tokio::time::resume();
        let standing = one.count(policy(5), account(9)).await;
        tokio::time::pause();
        if !server.ask(&["KEYS", "*:5:account:*"]).trim().is_empty() {
            assert_eq!(standing.wait, None);
            return;
        }
    }
    panic!("Redis was never asked again");
}

#[test]
fn an_address_that_is_none_of_a_redis_is_refused_without_repeating_it() {
    let address = SecretString::from("http://user:secret@cache.example");
    let error = SharedRateLimiter::at(&address, Duration::from_secs(1))
        .err()
        .unwrap()
        .to_string();
    assert!(!error.contains("secret"), "{error}");
}

#[tokio::test]
async fn a_store_that_is_not_there_is_told() {
    let server = RedisServer::start().await;
    node(&server).check().await.unwrap();
    let nowhere = SecretString::from("redis://:geheim@127.0.0.1:1/0");
    let nowhere = SharedRateLimiter::at(&nowhere, Duration::from_millis(200)).unwrap();
    let told = format!("{:?}", nowhere.check().await.unwrap_err());
    assert!(!told.contains("geheim"), "{told}");
}
