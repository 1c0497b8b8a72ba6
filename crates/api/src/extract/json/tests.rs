use actix_web::{FromRequest as _, http::StatusCode, test::TestRequest};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Json, NoBody, OptionalJson};
use crate::testing::problem_of;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Order {
    name: String,
    count: u32,
    #[serde(default)]
    items: Vec<Item>,
    #[serde(default)]
    free: Value,
    #[serde(default)]
    mode: Option<Mode>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Item {
    id: u32,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Slow,
}

async fn read(body: impl Into<Vec<u8>>) -> Result<Order, Value> {
    read_as("application/json", body.into()).await
}

async fn read_as(kind: &str, body: Vec<u8>) -> Result<Order, Value> {
    let request = TestRequest::post()
        .insert_header(("content-type", kind))
        .set_payload(body);
    let (request, mut payload) = request.to_http_parts();
    match Json::<Order>::from_request(&request, &mut payload).await {
        Ok(order) => Ok(order.0),
        Err(error) => Err(problem_of(error).await),
    }
}

/// Code, pointer and status of the only fault.
async fn fault(body: impl Into<Vec<u8>>) -> (String, String, u64) {
    let problem = read(body).await.unwrap_err();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (
        text(&problem["code"]),
        text(&problem["errors"][0]["pointer"]),
        problem["status"].as_u64().unwrap(),
    )
}

#[actix_web::test]
async fn a_body_is_read() {
    let order = read(r#"{"name": "x", "count": 2, "items": [{"id": 1}]}"#)
        .await
        .unwrap();
    assert_eq!((order.count, order.items), (2, vec![Item { id: 1 }]));
}

#[actix_web::test]
async fn a_field_that_is_not_known_is_named_with_its_place() {
    let unknown = |pointer: &str| ("unknown_field".to_owned(), pointer.to_owned(), 422);
    assert_eq!(
        fault(r#"{"name": "x", "count": 2, "colour": 1}"#).await,
        unknown("/colour")
    );
    assert_eq!(
        fault(r#"{"name": "x", "count": 2, "items": [{"id": 1}, {"a/b~": 1}]}"#).await,
        unknown("/items/1/a~1b~0")
    );
}

#[actix_web::test]
async fn a_missing_field_is_named_with_its_place() {
    let missing = |pointer: &str| ("missing_field".to_owned(), pointer.to_owned(), 422);
    assert_eq!(fault(r#"{"name": "x"}"#).await, missing("/count"));
    assert_eq!(
        fault(r#"{"name": "x", "count": 2, "items": [{}]}"#).await,
        missing("/items/0/id")
    );
}

#[actix_web::test]
async fn a_value_of_the_wrong_type_is_named_with_its_place_and_not_repeated() {
    let problem = read(r#"{"name": "x", "count": "correct horse"}"#)
        .await
        .unwrap_err();
    assert_eq!(problem["code"], "invalid_value");
    assert_eq!(
        problem["errors"],
        json!([{"pointer": "/count", "code": "invalid_value", "detail": "expected a whole number that is not negative"}])
    );
    assert!(!problem.to_string().contains("horse"), "{problem}");
    let problem = read(r#"{"name": "x", "count": 1, "mode": "fast"}"#)
        .await
        .unwrap_err();
    assert_eq!(problem["errors"][0]["pointer"], "/mode");
    assert_eq!(problem["errors"][0]["detail"], "expected `slow`");
}

#[actix_web::test]
async fn an_object_is_not_sent_as_a_list_nor_a_word_as_an_object() {
    let wrong = |pointer: &str| ("invalid_value".to_owned(), pointer.to_owned(), 422);
    assert_eq!(fault(r#"["x", 2, [], null, "slow"]"#).await, wrong(""));
    assert_eq!(
        fault(r#"{"name": "x", "count": 2, "items": [[1]]}"#).await,
        wrong("/items/0")
    );
    for mode in [r#"{"slow": null}"#, "1", "true", "[]"] {
        let problem = read(format!(r#"{{"name": "x", "count": 2, "mode": {mode}}}"#))
            .await
            .unwrap_err();
        assert_eq!(
            problem["errors"],
            json!([{"pointer": "/mode", "code": "invalid_value", "detail": "expected `slow`"}])
        );
    }
}

#[actix_web::test]
async fn a_number_that_is_too_large_is_json_all_the_same() {
    let wrong = ("invalid_value".to_owned(), "/count".to_owned(), 422);
    for number in [
        "1e400".to_owned(),
        "9".repeat(400),
        "18446744073709551616".to_owned(),
    ] {
        assert_eq!(
            fault(format!(r#"{{"name": "x", "count": {number}}}"#)).await,
            wrong
        );
    }
    let no_json = ("malformed_json".to_owned(), String::new(), 400);
    assert_eq!(fault(r#"{"count": 1e400, "name": }"#).await, no_json);
}

#[actix_web::test]
async fn a_field_that_stands_there_twice_is_named() {
    let problem = read(r#"{"name": "x", "count": 2, "count": 3}"#)
        .await
        .unwrap_err();
    assert_eq!(problem["errors"][0]["pointer"], "/count");
    assert_eq!(problem["errors"][0]["detail"], "the field stands there twice");
}

#[actix_web::test]
async fn what_is_no_json_is_told_before_what_is_wrong_in_it() {
    let malformed = ("malformed_json".to_owned(), String::new(), 400);
    for body in [
        r#"{"colour": 1, "#,
        r#"{"name": "x", "count": 2} and more"#,
        "",
        "nonsense",
        r#"{"name": "\ud800", "count": 2}"#,
    ] {
        assert_eq!(fault(body).await, malformed, "{body}");
    }
    assert_eq!(fault([0x22, 0xFF, 0x22]).await, malformed);
}

#[actix_web::test]
async fn a_body_nested_without_end_is_refused_and_not_followed() {
    let deep = format!(
        r#"{{"name": "x", "count": 2, "free": {}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(fault(deep).await.0, "malformed_json");
}

#[actix_web::test]
async fn a_body_of_another_type_is_not_taken() {
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "",
    ] {
        let problem = read_as(kind, br#"{"name": "x", "count": 2}"#.to_vec())
            .await
            .unwrap_err();
        assert_eq!(
            problem["status"],
            u64::from(StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16()),
            "{kind}"
        );
    }
    for kind in ["application/json; charset=UTF-8", "application/merge-patch+json"] {
        assert!(
            read_as(kind, br#"{"name": "x", "count": 2}"#.to_vec())
                .await
                .is_ok(),
            "{kind}"
        );
    }
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let large = format!(r#"{{"name": "{}", "count": 2}}"#, "x".repeat(1_048_577));
    assert_eq!(
        fault(large).await,
        ("body_too_large".to_owned(), String::new(), 413)
    );
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Why {
    #[serde(default)]
    reason: Option<String>,
}

#[actix_web::test]
async fn the_body_of_an_action_may_be_left_out() {
    for (body, reason) in [
        ("", None),
        ("null", None),
        ("{}", None),
        (r#"{"reason": "x"}"#, Some("x")),
    ] {
        let request = TestRequest::post()
            .insert_header(("content-type", "application/json"))
            .set_payload(body);
        let (request, mut payload) = request.to_http_parts();
        let read = OptionalJson::<Why>::from_request(&request, &mut payload)
            .await
            .unwrap();
        assert_eq!(read.0.reason.as_deref(), reason, "{body}");
    }
}

#[actix_web::test]
async fn an_action_without_a_body_takes_none() {
    for (body, taken) in [("", true), ("{}", true), (r#"{"reason": "x"}"#, false)] {
        let request = TestRequest::post()
            .insert_header(("content-type", "application/json"))
            .set_payload(body);
        let (request, mut payload) = request.to_http_parts();
        assert_eq!(
            NoBody::from_request(&request, &mut payload).await.is_ok(),
            taken,
            "{body}"
        );
    }
}
