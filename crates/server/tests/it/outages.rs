//! A database that is gone, that hangs, or that somebody else has locked: every request ends with an answer that says when to
//! come back, nothing that was told done is lost, and it goes on by itself when the database is back.

use std::time::{Duration, Instant};

use ipt_adapter_sea_orm::{ConnectOptions, SeaDatabase};
use ipt_ports::{Database as _, Scope, SystemScope};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Deployment, Kind, Proxy, process::Running};

/// After so long a test counts as having waited in vain.
const PATIENCE: Duration = Duration::from_mins(1);

fn works(name: &str) -> Value {
    json!({ "name": name, "sector": "industry", "city": "Dodoma" })
}

/// Sends a request whose answer may be that the database is away: the answer, once it comes.
async fn try_post(client: &Client, name: &str, key: Option<&str>) -> Answer {
    let mut request = client.request(Method::POST, "/organisations").json(&works(name));
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    tokio::time::timeout(PATIENCE, client.send(request))
        .await
        .unwrap_or_else(|_| panic!("no answer to {name}"))
}

/// Checks that an answer says that it cannot be done now, and when to try again.
#[track_caller]
fn expect_unavailable(answer: &Answer) {
    let problem = answer.expect_problem(503, "unavailable");
    let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    let told = problem["detail"].as_str().unwrap();
    for internal in ["postgres", "sql", "127.0.0.1", "connect", "Io"] {
        assert!(!told.contains(internal), "{told}");
    }
}

/// Tries until it can be done; an answer in between says that it cannot be done yet.
async fn post_until_made(client: &Client, name: &str, key: Option<&str>) -> Value {
    let begun = Instant::now();
    loop {
        let answer = try_post(client, name, key).await;
        match answer.status {
            201 => return answer.json(),
            409 => assert_eq!(answer.json()["code"], "idempotency_in_progress"),
            _ => expect_unavailable(&answer),
        }
        assert!(begun.elapsed() < PATIENCE, "still not made: {name}");
    }
}

/// Asks again and again, until the answer is yes.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
    }
}

/// How many organisations have this in their name.
async fn named(client: &Client, name: &str) -> u64 {
    let path = format!("/organisations?count=true&q={name}");
    client.get(&path).await.expect(200)["total"].as_u64().unwrap()
}

async fn readiness(server: &Running) -> u16 {
    server.nobody().get("//health/ready").await.status
}

/// A deployment on PostgreSQL behind a wire, in which nobody waits long.
async fn behind_a_wire(deployment: Deployment) -> (Deployment, Proxy) {
    let (proxy, url) = Proxy::before(&deployment.database_url()).await;
    let deployment = deployment
        .with("IPT_DATABASE__URL", &url)
        .with("IPT_DATABASE__ACQUIRE_TIMEOUT_SECONDS", "1")
        .with("IPT_DATABASE__STATEMENT_TIMEOUT_SECONDS", "1");
    (deployment, proxy)
}

async fn cut_off_in_mid_request(deployment: Deployment) -> Deployment {
    let (deployment, proxy) = behind_a_wire(deployment).await;
    let server = deployment.start();
    let admin = server.admin().await;
    admin.post("/organisations", &works("Before")).await.expect(201);
    assert_eq!(readiness(&server).await, 200);

    proxy.fall_silent();
    let under_way = tokio::spawn({
        let admin = admin.clone();
        async move { try_post(&admin, "Meanwhile", Some("the-same-key")).await }
    });
    proxy.something_is_swallowed().await;
    proxy.cut();
    expect_unavailable(&under_way.await.unwrap());
    expect_unavailable(&try_post(&admin, "Away", None).await);
    expect_unavailable(&admin.get("/organisations").await);
    let login = json!({ "email": "admin@dit.example", "password": crate::support::PASSWORD });
    expect_unavailable(&server.nobody().post("/auth/login", &login).await);
    until("not ready", async || readiness(&server).await == 503).await;
    assert_eq!(server.nobody().get("//health/live").await.status, 200);

    proxy.mend();
    // Tried again with its key, what was cut off is done once.
    let made = post_until_made(&admin, "Meanwhile", Some("the-same-key")).await;
    let again = try_post(&admin, "Meanwhile", Some("the-same-key")).await;
    assert_eq!(again.expect(201)["id"], made["id"]);
    assert_eq!(named(&admin, "Meanwhile").await, 1);
    assert_eq!(named(&admin, "Before").await, 1);
    assert_eq!(named(&admin, "Away").await, 0);
    until("ready", async || readiness(&server).await == 200).await;
    deployment
}

async fn cut_off_under_load(deployment: Deployment) -> Deployment {
    let (deployment, proxy) = behind_a_wire(deployment).await;
    let server = deployment.start();
    let admin = server.admin().await;
    let (enough, stop) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (admin, stop) = (admin.clone(), stop.clone());
            tokio::spawn(async move {
                let (mut made, mut refused) = (Vec::new(), 0_u64);
                for number in 0.. {
                    if *stop.borrow() {
                        break;
                    }
                    let answer = try_post(&admin, &format!("Works {writer}-{number}"), None).await;
                    if answer.status == 201 {
                        made.push(answer.json()["id"].as_str().unwrap().to_owned());
                    } else {
                        expect_unavailable(&answer);
                        refused += 1;
                    }
                }
                (made, refused)
            })
        })
        .collect();
    until("twenty are made", async || named(&admin, "Works").await >= 20).await;
    proxy.cut();
    until("the cut is noticed", async || readiness(&server).await == 503).await;
    proxy.mend();
    until("ready", async || readiness(&server).await == 200).await;
    let then = named(&admin, "Works").await;
    until("twenty more are made", async || {
        named(&admin, "Works").await >= then + 20
    })
    .await;
    enough.send_replace(true);
    let (mut made, mut refused) = (Vec::new(), 0);
    for writer in writers {
        let (ids, times) = writer.await.unwrap();
        made.extend(ids);
        refused += times;
    }
    for id in &made {
        admin.get(&format!("/organisations/{id}")).await.expect(200);
    }
    // Of one that was refused it is not known whether it was made: the wire may have been cut before the answer.
    let (all, made) = (named(&admin, "Works").await, made.len() as u64);
    assert!(
        (made..=made + refused).contains(&all),
        "{made} made, {refused} refused, {all} there"
    );
    let report = async || admin.get("/audit-log/verify").await.expect(200);
    until("every record is linked", async || {
        report().await["not_linked_yet"] == 0
    })
    .await;
    assert_eq!(report().await["first_broken"], Value::Null);
    deployment
}

async fn a_database_that_hangs(deployment: Deployment) -> Deployment {
    let (deployment, proxy) = behind_a_wire(deployment).await;
    let deployment = deployment.with("IPT_DATABASE__MAX_CONNECTIONS", "4");
    let server = deployment.start();
    let admin = server.admin().await;
    proxy.fall_silent();
    // More than there are connections, so that some wait for one and some for an answer.
    let waiting: Vec<_> = (0..12)
        .map(|number| {
            let admin = admin.clone();
            tokio::spawn(async move { try_post(&admin, &format!("Hanging {number}"), None).await })
        })
        .collect();
    for answer in waiting {
        expect_unavailable(&answer.await.unwrap());
    }
    until("not ready", async || readiness(&server).await == 503).await;
    assert_eq!(server.nobody().get("//health/live").await.status, 200);
    // New connections are carried; the old ones stay silent for good, and must not be waited for.
    proxy.mend();
    post_until_made(&admin, "Afterwards", None).await;
    until("ready", async || readiness(&server).await == 200).await;
    assert_eq!(named(&admin, "Hanging").await, 0);
    deployment
}

async fn stopped_while_the_database_hangs(deployment: Deployment) -> Deployment {
    let (deployment, proxy) = behind_a_wire(deployment).await;
    let deployment = deployment.with("IPT_DATABASE__STATEMENT_TIMEOUT_SECONDS", "600");
    let mut server = deployment.start();
    let admin = server.admin().await;
    proxy.fall_silent();
    let under_way = tokio::spawn(async move {
        admin
            .request(Method::POST, "/organisations")
            .json(&works("Hanging"))
            .send()
            .await
    });
    proxy.something_is_swallowed().await;
    server.signal("-TERM");
    let child = &mut server.child;
    until("the server has ended", async || {
        child.try_wait().unwrap().is_some()
    })
    .await;
    assert!(child.wait().unwrap().success());
    drop(under_way.await);
    deployment
}

#[test]
fn a_database_that_is_cut_off_in_mid_request_is_told_and_comes_back_by_itself() {
    Deployment::run(Kind::Postgres, cut_off_in_mid_request);
}

#[test]
fn under_load_nothing_is_lost_when_the_database_is_cut_off() {
    Deployment::run(Kind::Postgres, cut_off_under_load);
}

#[test]
fn a_database_that_takes_and_never_answers_is_given_up_in_time() {
    Deployment::run(Kind::Postgres, a_database_that_hangs);
}

#[test]
fn a_server_whose_database_hangs_can_be_stopped() {
    Deployment::run(Kind::Postgres, stopped_while_the_database_hangs);
}

async fn locked_by_another_program(deployment: Deployment) -> Deployment {
    let deployment = deployment.with("IPT_DATABASE__LOCK_TIMEOUT_SECONDS", "1");
    let server = deployment.start();
    let admin = server.admin().await;
    admin.post("/organisations", &works("Before")).await.expect(201);
    let other = SeaDatabase::connect(&ConnectOptions::new(deployment.database_url()))
        .await
        .unwrap();
    let lock = other.begin(Scope::System(SystemScope::Operator)).await.unwrap();
    expect_unavailable(&try_post(&admin, "Locked out", Some("the-same-key")).await);
    // Whoever only looks is not kept waiting.
    assert_eq!(named(&admin, "Before").await, 1);
    assert_eq!(readiness(&server).await, 200);
    drop(lock);
    let made = post_until_made(&admin, "Locked out", Some("the-same-key")).await;
    assert_eq!(named(&admin, "Locked out").await, 1, "{made}");
    other.close().await;
    deployment
}

#[test]
fn a_file_that_another_program_has_locked_is_told_and_waited_for() {
    Deployment::run(Kind::Sqlite, locked_by_another_program);
}
