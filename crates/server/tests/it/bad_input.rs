//! Input that is wrong in every way: each gets a clear answer, and nothing is lost.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::World;

async fn bodies_that_cannot_be_read_are_told_so(world: World) {
    let send = |body: &'static [u8], kind: &'static str| {
        let request = world
            .student
            .request(Method::POST, "/logs")
            .header("Content-Type", kind)
            .body(body);
        world.student.send(request)
    };
    send(b"{\"content\": ", "application/json")
        .await
        .expect_problem(400, "malformed_json");
    send(b"\xff\xfe{}", "application/json")
        .await
        .expect_problem(400, "malformed_json");
    send(b"{} {}", "application/json")
        .await
        .expect_problem(400, "malformed_json");
    send(b"{}", "text/plain").await.expect(415);
    send(b"no form", "multipart/form-data; boundary=x")
        .await
        .expect(400);
    send(b"--x\r\n", "multipart/form-data").await.expect(400);
    send(b"", "application/json")
        .await
        .expect_problem(400, "malformed_json");
}

async fn shapes_that_are_wrong_are_told_with_their_place(world: World) {
    let refused = async |body: Value| {
        let problem = world.student.post("/logs", &body).await.expect(422);
        (problem["code"].clone(), problem["errors"][0]["pointer"].clone())
    };
    let told = refused(json!({ "log_date": "2026-07-06", "contents": "x" })).await;
    assert_eq!(told, (json!("unknown_field"), json!("/contents")));
    assert_eq!(refused(json!({ "content": "x" })).await.0, "missing_field");
    assert_eq!(refused(json!({ "log_date": "2026-02-30" })).await.1, "/log_date");
    assert_eq!(refused(json!({ "log_date": 7 })).await.1, "/log_date");
    assert_eq!(
        refused(json!({ "log_date": "2026-07-06", "kind": "holiday" }))
            .await
            .1,
        "/kind"
    );
    assert_eq!(
        refused(json!({ "log_date": "2026-07-06", "hours_worked": "8" }))
            .await
            .1,
        "/hours_worked"
    );
}

async fn rules_that_are_broken_come_all_together(world: World) {
    let body = json!({
        "content": "short", "log_date": "2026-07-06", "hours_worked": 7.3,
        "location_data": { "lat": 91, "lng": 0 },
    });
    let problem = world
        .student
        .post("/logs", &body)
        .await
        .expect_problem(422, "validation_failed");
    let codes: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].clone())
        .collect();
    for code in ["content_too_short", "hours_out_of_range", "position_out_of_range"] {
        assert!(codes.contains(&json!(code)), "{problem}");
    }
}

async fn characters_that_deceive_are_refused(world: World) {
    for text in [
        "Wired the cabinet\u{0} and tested it.",
        "Wired the cabinet \u{202e}dna tested it.",
    ] {
        let body = json!({ "content": text, "log_date": "2026-07-06" });
        world
            .student
            .post("/logs", &body)
            .await
            .expect_problem(422, "content_characters");
    }
    let body = json!({ "content": "Wired the cabinet\r\nand tested it.", "log_date": "2026-07-06" });
    let log = world.student.post("/logs", &body).await.expect(201);
    assert_eq!(log["content"], "Wired the cabinet\nand tested it.");
}

async fn what_does_not_exist_is_told_as_a_problem(world: World) {
    world
        .student
        .get("/nothing")
        .await
        .expect_problem(404, "not_found");
    world
        .student
        .get("/logs/17")
        .await
        .expect_problem(404, "not_found");
    world
        .student
        .get("/logs/0198c9b0-0000-7000-8000-000000000000")
        .await
        .expect_problem(404, "not_found");
    let wrong = world.student.put("/logs", &json!({})).await;
    wrong.expect_problem(405, "method_not_allowed");
    assert!(
        wrong
            .header("allow")
            .is_some_and(|allow| allow.contains("POST") && allow.contains("GET"))
    );
    world
        .nobody
        .get("/logs")
        .await
        .expect_problem(401, "unauthenticated");
    let page = world.nobody.get("//errors/duplicate_day").await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
    );
}

async fn a_request_id_is_taken_or_made_and_returned(world: World) {
    let request = world
        .student
        .request(Method::GET, "/auth/me")
        .header("X-Request-Id", "from-the-client-1");
    assert_eq!(
        world.student.send(request).await.header("x-request-id"),
        Some("from-the-client-1")
    );
    let hostile = world
        .student
        .request(Method::GET, "/auth/me")
        .header("X-Request-Id", "a b<script>");
    let made = world.student.send(hostile).await;
    assert!(
        made.header("x-request-id")
            .is_some_and(|id| !id.contains('<') && !id.is_empty())
    );
}

on_both_databases!(
    bodies_that_cannot_be_read_are_told_so,
    shapes_that_are_wrong_are_told_with_their_place,
    rules_that_are_broken_come_all_together,
    characters_that_deceive_are_refused,
    what_does_not_exist_is_told_as_a_problem,
    a_request_id_is_taken_or_made_and_returned,
);
