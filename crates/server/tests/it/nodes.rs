//! Two servers, each a process of its own, over one PostgreSQL database.

use std::{path::Path, process::Command};

use ipt_testkit::redis::RedisServer;
use serde_json::{Value, json};

use crate::support::{
    Client, Kind, PASSWORD,
    database::{self, TestDatabase},
    process::{Running, create_admin_by, ipt, text},
};

/// The two, their database, and the administrator.
struct Nodes {
    one: Client,
    other: Client,
    database: TestDatabase,
    running: [Running; 2],
}

/// The program with the settings that the nodes share.
fn node(folder: &Path, database: &TestDatabase) -> Command {
    let mut command = ipt(folder);
    command
        .env("IPT_DATABASE__URL", database.url())
        .env("IPT_SERVER__PUBLIC_URL", "https://ipt.example.org")
        .env("IPT_RATE_LIMIT__SIGN_IN_PER_MINUTE", "1000");
    command
}

/// Runs a test with two nodes.
fn with_two_nodes(test: impl AsyncFnOnce(&Nodes)) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let database = database::fresh(Kind::Postgres).await;
        let made = create_admin_by(node(folder.path(), &database), "admin@dit.example");
        assert!(made.status.success(), "{}", text(&made.stderr));
        let start = || Running::start_by(node(folder.path(), &database), &["--no-worker"]);
        let running = [start(), start()];
        let [one, other] = [0, 1].map(|index| Client::nobody(&running[index].base));
        let nodes = Nodes {
            one,
            other,
            database,
            running,
        };
        test(&nodes).await;
        drop(nodes.running);
        nodes.database.remove().await;
    });
}

async fn sign_in(node: &Client) -> Value {
    let login = json!({ "email": "admin@dit.example", "password": PASSWORD });
    node.post("/auth/login", &login).await.expect(200)
}

fn token(signed_in: &Value) -> &str {
    signed_in["access_token"].as_str().unwrap()
}

fn refresh_body(signed_in: &Value) -> Value {
    json!({ "refresh_token": signed_in["refresh_token"] })
}

#[test]
fn a_token_refreshed_at_two_nodes_at_once_stays_with_its_client_and_one_that_comes_back_late_does_not() {
    with_two_nodes(async |nodes| {
        let Nodes {
            one, other, database, ..
        } = nodes;
        let first = sign_in(one).await;
        let body = refresh_body(&first);
        let both = tokio::join!(
            one.post("/auth/refresh", &body),
            other.post("/auth/refresh", &body)
        );
        let pairs = [both.0.expect(200), both.1.expect(200)];
        for pair in &pairs {
            for node in [one, other] {
                node.with_token(token(pair)).get("/auth/me").await.expect(200);
            }
        }

        let TestDatabase::Postgres(postgres) = database else {
            panic!("the nodes share a PostgreSQL database")
        };
        postgres
            .execute("UPDATE refresh_token SET used_at = used_at - interval '11 seconds'")
            .await;
        other
            .post("/auth/refresh", &body)
            .await
            .expect_problem(401, "invalid_token");
        for pair in &pairs {
            for node in [one, other] {
                node.with_token(token(pair))
                    .get("/auth/me")
                    .await
                    .expect_problem(401, "invalid_token");
                node.post("/auth/refresh", &refresh_body(pair))
                    .await
                    .expect_problem(401, "invalid_token");
            }
        }
    });
}

#[test]
fn whoever_is_disabled_or_signed_out_at_one_node_is_refused_by_the_next_request_at_every_other() {
    with_two_nodes(async |nodes| {
        let Nodes { one, other, .. } = nodes;
        let admin = one.with_token(token(&sign_in(one).await));
        let person = json!({
            "email": "asha@dit.example", "full_name": "Asha Mushi", "roles": ["student"], "password": PASSWORD,
        });
        let person = admin.post("/users", &person).await.expect(201);
        let path = format!("/users/{}", person["id"].as_str().unwrap());
        let login = json!({ "email": "asha@dit.example", "password": PASSWORD });

        let asha = other.post("/auth/login", &login).await.expect(200);
        let at_both = [one, other].map(|node| node.with_token(token(&asha)));
        for client in &at_both {
            client.get("/auth/me").await.expect(200);
        }
        admin.act(&format!("{path}/disable")).await.expect(200);
        for client in &at_both {
            client.get("/auth/me").await.expect_problem(401, "invalid_token");
        }
        admin.act(&format!("{path}/enable")).await.expect(200);

        let asha = other.post("/auth/login", &login).await.expect(200);
        let at_both = [one, other].map(|node| node.with_token(token(&asha)));
        for client in &at_both {
            client.get("/auth/me").await.expect(200);
        }
        one.post("/auth/logout", &refresh_body(&asha)).await.expect(204);
        for client in &at_both {
            client.get("/auth/me").await.expect_problem(401, "invalid_token");
        }
    });
}

#[test]
fn attempts_to_sign_in_are_counted_by_all_nodes_together() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let database = database::fresh(Kind::Postgres).await;
        let redis = RedisServer::start().await;
        let start = || {
            let mut command = node(folder.path(), &database);
            command
                .env("IPT_RATE_LIMIT__SIGN_IN_PER_MINUTE", "4")
                .env("IPT_RATE_LIMIT__REDIS_URL", redis.url())
                .env("IPT_RATE_LIMIT__REDIS_TIMEOUT_MILLISECONDS", "20000");
            Running::start_by(command, &["--no-worker"])
        };
        let running = [start(), start()];
        let nodes = [0, 1].map(|index| Client::nobody(&running[index].base));
        let login = json!({ "email": "nobody@dit.example", "password": PASSWORD });
        for attempt in 0..4 {
            let answer = nodes[attempt % 2].post("/auth/login", &login).await;
            answer.expect_problem(401, "invalid_credentials");
        }
        for node in &nodes {
            let refused = node.post("/auth/login", &login).await;
            refused.expect_problem(429, "rate_limited");
            let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=15).contains(&wait), "{wait}");
        }
        drop(redis);
        let alone = nodes[0].post("/auth/login", &login).await;
        alone.expect_problem(401, "invalid_credentials");
        drop(running);
        database.remove().await;
    });
}
