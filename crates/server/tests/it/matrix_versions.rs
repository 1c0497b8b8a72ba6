//! `If-Match` on everything that changes one resource, and the version on everything that can be changed.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::TimeDelta;
use ipt_application::engagement::deliver;
use ipt_testkit::smtp::Refusal;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    matrix::{MATRIX, Row, Targets, request},
    support::{Client, World, id},
};

/// What changes a collection, or acts on no resource that has a version.
const WITHOUT_VERSION: &[(&str, &str)] = &[
    ("DELETE", "/auth/sessions/{session}"),
    ("POST", "/users/{spare}/export"),
];

/// The description of the API, written out once: that takes a while.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(ipt_api::openapi()).unwrap());

/// Whether a row changes one resource, rather than making one: that answers 201.
fn changes_one(row: &Row) -> bool {
    let (method, template, ..) = *row;
    let documented = DOCUMENT["paths"]
        .as_object()
        .unwrap()
        .iter()
        .find(|(path, _)| same_shape(path, template));
    let makes =
        documented.is_some_and(|(_, item)| item[method.to_lowercase()]["responses"].get("201").is_some());
    let acts_on_one = match method {
        "PUT" | "PATCH" | "DELETE" => true,
        "POST" => template.contains('{') && !makes,
        _ => false,
    };
    acts_on_one && !WITHOUT_VERSION.contains(&(method, template))
}

fn same_shape(path: &str, template: &str) -> bool {
    let template = template.split('?').next().unwrap_or_default();
    let path = path.strip_prefix("/api/v1").unwrap_or_default();
    let is_parameter = |part: &str| part.starts_with('{');
    path.split('/').count() == template.split('/').count()
        && path
            .split('/')
            .zip(template.split('/'))
            .all(|(one, other)| one == other || (is_parameter(one) && is_parameter(other)))
}

/// Somebody who may, by the matrix.
fn somebody<'a>(world: &'a World, root: &'a Client, (_, template, _, allowed): &Row) -> &'a Client {
    match allowed.chars().find(|letter| *letter != 'o') {
        Some('s') => &world.student,
        Some('i') => &world.industry,
        Some('a') => &world.academic,
        Some('c') => &world.coordinator,
        Some('t') => &world.admin,
        Some('d') => root,
        _ if template.starts_with("/notifications") => &world.industry,
        _ if template.starts_with("/jobs") => &world.admin,
        other => panic!("who may {template}? {other:?}"),
    }
}

async fn deliver_all(world: &World) {
    while deliver::execute(&world.services, 100).await.unwrap().claimed > 0 {}
}

/// The paths' targets, with a notification of the industrial supervisor's and a mail that was given up.
async fn targets(world: &World) -> Targets {
    world.smtp.refuse(Refusal::NoSuchMailbox);
    let mut targets = Targets::make(world).await;
    deliver_all(world).await;
    world.smtp.accept();
    targets.notification = id(&world.industry.get("/notifications").await.expect(200)["items"][0]);
    targets.job = id(&world.admin.get("/jobs/failed").await.expect(200)["items"][0]);
    targets
}

async fn a_change_of_a_resource_made_from_another_version_is_refused(world: World) {
    let targets = targets(&world).await;
    let root = world.superadmin("root").await;
    let rows: Vec<&Row> = MATRIX.iter().filter(|row| changes_one(row)).collect();
    assert!(rows.len() > 30, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let client = somebody(&world, &root, row);
        let request = request(client, &world, &targets, row).header("If-Match", "\"999.x\"");
        let answer = client.send(request).await;
        let told: Value = serde_json::from_slice(&answer.bytes).unwrap_or_default();
        if answer.status != 412 || told["code"] != "stale_version" {
            wrong.push(format!("{} {}: {} {}", row.0, row.1, answer.status, told["code"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_description_says_where_a_version_is_taken() {
    for row in MATRIX.iter().filter(|row| changes_one(row)) {
        let (method, template, ..) = *row;
        let described = DOCUMENT["paths"].as_object().unwrap().iter();
        let mut described = described.filter(|(path, _)| same_shape(path, template));
        let (_, item) = described.next().unwrap();
        let operation = &item[method.to_lowercase()];
        let parameters = operation["parameters"].as_array().unwrap();
        assert!(
            parameters.iter().any(|parameter| parameter["name"] == "If-Match")
                && operation["responses"].get("412").is_some(),
            "{method} {template}"
        );
    }
}

async fn whatever_can_be_changed_tells_its_version(world: World) {
    let targets = targets(&world).await;
    let root = world.superadmin("root").await;
    let changed: BTreeMap<&str, &Row> = MATRIX
        .iter()
        .filter(|row| changes_one(row) && row.0 != "POST")
        .map(|row| (row.1, row))
        .collect();
    let mut told = 0;
    for row in MATRIX
        .iter()
        .filter(|row| row.0 == "GET" && changed.contains_key(row.1))
    {
        let client = somebody(&world, &root, row);
        let answer = client.get(&targets.path(row.1)).await;
        let body = answer.expect(200);
        let version = body["version"]
            .as_u64()
            .unwrap_or_else(|| panic!("{} has no version: {body}", row.1));
        let tag = answer
            .header("etag")
            .unwrap_or_else(|| panic!("{} has no entity tag", row.1));
        assert!(tag.starts_with(&format!("\"{version}.")), "{}: {tag}", row.1);
        let again = client
            .request(Method::GET, &targets.path(row.1))
            .header("If-None-Match", tag);
        assert_eq!(client.send(again).await.status, 304, "{}", row.1);
        told += 1;
    }
    assert!(told > 7, "{told}");
}

async fn an_action_answers_with_the_resource_as_it_is_now(world: World) {
    let targets = targets(&world).await;
    let job = world.admin.get("/jobs/failed").await.expect(200)["items"][0].clone();
    assert_eq!((&job["status"], &job["attempts"]), (&json!("failed"), &json!(1)));
    world.clock.advance(TimeDelta::minutes(1));
    let retry = world
        .admin
        .request(Method::POST, &format!("/jobs/{}/retry", targets.job))
        .header("If-Match", format!("\"{}\"", job["version"]));
    let answer = world.admin.send(retry).await;
    let retried = answer.expect(200);
    assert_eq!((&retried["id"], &retried["topic"]), (&job["id"], &job["topic"]));
    assert_eq!(
        (&retried["status"], &retried["failed_at"]),
        (&json!("waiting"), &Value::Null)
    );
    assert!(retried["version"].as_u64() > job["version"].as_u64(), "{retried}");
    assert!(answer.header("etag").is_some());

    let unread = world.industry.get("/notifications").await.expect(200)["items"][0].clone();
    assert_eq!((&unread["read"], &unread["version"]), (&json!(false), &json!(1)));
    let path = format!("/notifications/{}/read", targets.notification);
    let read = world.industry.act(&path).await.expect(200);
    assert_eq!((&read["id"], &read["kind"]), (&unread["id"], &unread["kind"]));
    assert_eq!((&read["read"], &read["version"]), (&json!(true), &json!(2)));
    assert_eq!(
        world.industry.act(&path).await.expect(200),
        read,
        "it was read already"
    );

    let preferences = world.industry.get("/notifications/preferences").await.expect(200);
    let put = |version: &Value| {
        let wish = json!({ "items": [{ "kind": "log_submitted", "channel": "mail", "wanted": false }] });
        let request = world.industry.request(Method::PUT, "/notifications/preferences");
        world
            .industry
            .send(request.json(&wish).header("If-Match", format!("\"{version}\"")))
    };
    let changed = put(&preferences["version"]).await.expect(200);
    assert_ne!(changed["version"], preferences["version"]);
    put(&preferences["version"])
        .await
        .expect_problem(412, "stale_version");
    put(&changed["version"]).await.expect(200);
}

async fn work_that_was_given_up_is_listed_page_by_page(world: World) {
    world.smtp.refuse(Refusal::NoSuchMailbox);
    let mut world = world;
    world.at("2026-07-08T16:00:00").await;
    for date in ["2026-07-06", "2026-07-07", "2026-07-08"] {
        world.submit(date).await;
    }
    deliver_all(&world).await;
    let first = world.admin.get("/jobs/failed?limit=2&count=true").await;
    let link = first.header("link").unwrap().to_owned();
    let first = first.expect(200);
    assert_eq!(first["total"], 3);
    let cursor = first["next_cursor"].as_str().unwrap();
    assert!(link.contains(cursor) && link.ends_with("rel=\"next\""), "{link}");
    let second = world
        .admin
        .get(&format!("/jobs/failed?limit=2&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(second["next_cursor"], Value::Null);
    let ids = [&first["items"], &second["items"]]
        .map(|items| items.as_array().unwrap().iter().map(id).collect::<Vec<_>>());
    let mut ids = ids.concat();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

async fn the_sites_of_an_organisation_are_counted(world: World) {
    let path = format!("/organisations/{}/sites", world.organisation);
    world
        .coordinator
        .post(&path, &json!({ "name": "A yard" }))
        .await
        .expect(201);
    let sites = world
        .coordinator
        .get(&format!("{path}?limit=1&count=true"))
        .await
        .expect(200);
    assert_eq!(
        (&sites["total"], sites["items"].as_array().unwrap().len()),
        (&json!(2), 1)
    );
    assert!(
        world
            .coordinator
            .get(&path)
            .await
            .expect(200)
            .get("total")
            .is_none()
    );
}

on_both_databases!(
    a_change_of_a_resource_made_from_another_version_is_refused,
    whatever_can_be_changed_tells_its_version,
    an_action_answers_with_the_resource_as_it_is_now,
    work_that_was_given_up_is_listed_page_by_page,
    the_sites_of_an_organisation_are_counted,
);
