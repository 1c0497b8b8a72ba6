//! Delivering the outbox.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use ipt_domain::id::JobId;
use ipt_ports::{
    engagement::{Message, Topic},
    mailer::{Mail, MailError, Mailer},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{deliver, deliver_all, under_way};
use crate::{
    engagement::deliver::{CLAIM_LASTS, Delivered},
    tests::{MailWeather, QueuedState, World},
    trail::message,
};

mockall::mock! {
    Server {}

    #[async_trait]
    impl Mailer for Server {
        async fn send(&self, mail: &Mail) -> Result<(), MailError>;
        async fn check(&self) -> Result<(), MailError>;
    }
}

#[tokio::test]
async fn while_the_mail_server_is_asked_no_connection_is_held() {
    let (mut place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    let database = place.world.database.clone();
    let mut server = MockServer::new();
    server.expect_send().once().returning(move |_| {
        assert_eq!(database.open_now(), 0);
        Ok(())
    });
    place.world.services.mailer = Arc::new(server);
    assert_eq!(deliver_all(&place.world).await.done, 2);
}

fn queue(world: &World, topic: Topic, payload: Value) -> JobId {
    let id = Uuid::from_u128(0x70);
    let queued: Message = message(id, Some(world.tenant), topic, payload, world.clock_now());
    world.state().enqueue(&[queued]);
    JobId::new(id)
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_comes_again_until_it_can() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    deliver::execute(&world.services, 50).await.unwrap();
    world.mails.turns(MailWeather::Unavailable);
    let delivered = deliver::execute(&world.services, 50).await.unwrap();
    assert_eq!(
        delivered,
        Delivered {
            claimed: 1,
            put_back: 1,
            ..Delivered::default()
        }
    );
    let queued = world.state().outbox.last().unwrap().clone();
    let wait = queued.available_at - world.clock_now();
    assert!(
        wait >= TimeDelta::seconds(30) && wait <= TimeDelta::seconds(60),
        "{wait}"
    );
    let error = queued.last_error.unwrap();
    assert!(!error.contains("asha@uni.example"), "{error}");
    assert_eq!(deliver_all(world).await.claimed, 0, "not before its time");
    world.mails.turns(MailWeather::Fine);
    world.clock.set(queued.available_at);
    assert_eq!(deliver_all(world).await.done, 1);
    assert_eq!(world.mails.taken().len(), 1);
    assert_eq!(world.mails.taken()[0].id, queued.message.id.uuid());
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_given_up_at_once() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    world.mails.turns(MailWeather::Refused);
    let delivered = deliver_all(world).await;
    assert_eq!((delivered.done, delivered.given_up), (1, 1));
    assert!(matches!(
        world.state().outbox.last().unwrap().state,
        QueuedState::Failed { .. }
    ));
}

#[tokio::test]
async fn after_twelve_tries_a_mail_is_given_up() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    deliver::execute(&world.services, 50).await.unwrap();
    world.mails.turns(MailWeather::Unavailable);
    let mut tries = 0;
    loop {
        let delivered = deliver::execute(&world.services, 50).await.unwrap();
        tries += delivered.claimed;
        if delivered.given_up == 1 {
            break;
        }
        let next = world.state().outbox.last().unwrap().available_at;
        world.clock.set(next);
    }
    assert_eq!(tries, 12);
}

#[tokio::test]
async fn what_cannot_be_read_is_given_up_and_holds_nothing_else_up() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    let broken = queue(world, Topic::LogTransition, json!({ "nonsense": true }));
    place.submit(placement, "2026-07-06").await;
    let delivered = deliver_all(world).await;
    assert_eq!((delivered.done, delivered.given_up), (2, 1));
    let state = world.state();
    let broken = state
        .outbox
        .iter()
        .find(|queued| queued.message.id == broken)
        .unwrap();
    assert!(matches!(&broken.state, QueuedState::Failed { error, .. } if error.contains("log entry")));
}

#[tokio::test]
async fn a_claim_that_ran_out_is_taken_over() {
    let (place, placement) = under_way().await;
    let world = &place.world;
    place.submit(placement, "2026-07-06").await;
    let now = world.clock_now();
    // Another worker claimed it, and died.
    world.state().outbox.last_mut().unwrap().state = QueuedState::Claimed {
        until: now + CLAIM_LASTS,
    };
    assert_eq!(deliver_all(world).await.claimed, 0);
    world.clock.pass(CLAIM_LASTS);
    assert_eq!(deliver_all(world).await.done, 2);
}

#[tokio::test]
async fn a_file_that_nothing_refers_to_is_removed_and_another_is_not() {
    let world = World::new();
    world
        .blobs
        .0
        .lock()
        .unwrap()
        .extend(["logs/a".to_owned(), "logs/b".to_owned()]);
    world.state().referenced_blobs = vec!["logs/b".to_owned()];
    queue(&world, Topic::RemoveBlob, json!({ "key": "logs/a" }));
    deliver_all(&world).await;
    world.state().outbox.clear();
    queue(&world, Topic::RemoveBlob, json!({ "key": "logs/b" }));
    assert_eq!(deliver_all(&world).await.done, 1);
    assert_eq!(*world.blobs.0.lock().unwrap(), ["logs/b"]);
}

#[tokio::test]
async fn a_key_that_leaves_the_store_is_given_up() {
    let world = World::new();
    queue(&world, Topic::RemoveBlob, json!({ "key": "../etc/passwd" }));
    assert_eq!(deliver_all(&world).await.given_up, 1);
}

#[test]
fn a_worker_may_run_on_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    let world = World::new();
    is_send(&deliver::execute(&world.services, 1));
    is_send(&crate::engagement::reminders::execute(&world.services, "worker"));
    is_send(&crate::placement::activate_due::execute(&world.services));
}
