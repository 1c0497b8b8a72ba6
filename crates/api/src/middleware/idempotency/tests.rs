use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::{
    App, HttpResponse,
    http::header,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use serde::Deserialize;

use super::idempotent;
use crate::{
    extract::Json,
    middleware::authenticate,
    problem::{Problem, finish},
    testing::{self, FakeDatabase, SIGNED_IN},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    name: String,
}

/// How often an order was really made.
type Made = web::Data<AtomicUsize>;

async fn order(made: Made, order: Json<Order>) -> Result<HttpResponse, Problem> {
    let number = made.fetch_add(1, Ordering::SeqCst) + 1;
    if order.0.name == "impossible" {
        return Err(Problem::not_found());
    }
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/orders/{number}")))
        .json(serde_json::json!({ "number": number })))
}

/// An application that takes orders. A macro, since its type cannot be written down.
macro_rules! shop {
    ($database:expr, $made:expr) => {
        init_service(
            App::new()
                .app_data(web::Data::from(testing::state($database.clone())))
                .app_data(web::Data::from(Arc::clone(&$made)))
                .service(
                    web::scope("/api/v1")
                        .route("/orders", web::post().to(order))
                        .wrap(from_fn(idempotent))
                        .wrap(from_fn(authenticate)),
                )
                .wrap(from_fn(finish)),
        )
        .await
    };
}

fn request(key: &str, body: &'static str) -> TestRequest {
    TestRequest::post()
        .uri("/api/v1/orders")
        .insert_header(SIGNED_IN)
        .insert_header(("idempotency-key", key.to_owned()))
        .insert_header(header::ContentType::json())
        .set_payload(body)
}

#[actix_web::test]
async fn a_retry_gets_the_first_answer_and_nothing_is_done_twice() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    let first = call_service(&app, request("\"k1\"", r#"{"name": "x"}"#).to_request()).await;
    assert_eq!(first.status(), 201);
    assert!(!first.headers().contains_key("idempotency-replayed"));
    let again = call_service(&app, request("k1", r#"{"name": "x"}"#).to_request()).await;
    assert_eq!(again.status(), 201);
    assert_eq!(again.headers().get("idempotency-replayed").unwrap(), "true");
    assert_eq!(again.headers().get("location").unwrap(), "/orders/1");
    assert_eq!(testing::json(again).await, serde_json::json!({ "number": 1 }));
    assert_eq!(made.load(Ordering::SeqCst), 1);
    let other = call_service(&app, request("k2", r#"{"name": "x"}"#).to_request()).await;
    assert_eq!(testing::json(other).await, serde_json::json!({ "number": 2 }));
}

#[actix_web::test]
async fn a_key_is_not_good_for_another_body() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    call_service(&app, request("k1", r#"{"name": "x"}"#).to_request()).await;
    let other = call_service(&app, request("k1", r#"{"name": "y"}"#).to_request()).await;
    assert_eq!(other.status(), 422);
    assert_eq!(testing::json(other).await["code"], "idempotency_key_reused");
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_told_whatever_the_key_says() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    call_service(&app, request("k1", r#"{"name": "x"}"#).to_request()).await;
    let unreadable = call_service(&app, request("k1", r#"{"colour": "x"}"#).to_request()).await;
    assert_eq!(testing::json(unreadable).await["code"], "unknown_field");
    assert_eq!(database.keys(), 1);
}

#[actix_web::test]
async fn what_failed_may_be_tried_again_with_the_same_key() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    let failed = call_service(&app, request("k1", r#"{"name": "impossible"}"#).to_request()).await;
    assert_eq!(failed.status(), 404);
    assert_eq!(database.keys(), 0);
    call_service(&app, request("k1", r#"{"name": "impossible"}"#).to_request()).await;
    assert_eq!(made.load(Ordering::SeqCst), 2);
}

#[actix_web::test]
async fn a_second_request_is_told_to_wait_while_the_first_is_worked_on() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    let requests = (0..20).map(|_| call_service(&app, request("k1", r#"{"name": "x"}"#).to_request()));
    let answers = futures_util::future::join_all(requests).await;
    let created = answers.iter().filter(|answer| answer.status() == 201).count();
    let waiting = answers.iter().filter(|answer| answer.status() == 409).count();
    assert_eq!(created + waiting, 20);
    assert!(created >= 1);
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[actix_web::test]
async fn a_key_that_cannot_be_read_is_refused() {
    let (database, made) = (FakeDatabase::default(), Arc::new(AtomicUsize::new(0)));
    let app = shop!(database, made);
    let refused = call_service(&app, request("\"half", r#"{"name": "x"}"#).to_request()).await;
    assert_eq!(testing::json(refused).await["code"], "invalid_idempotency_key");
}
