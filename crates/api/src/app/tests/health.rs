//! What is told of the server: whether it is ready, shuts down, lacks what it depends on.

use std::sync::Arc;

use actix_web::{
    http::StatusCode,
    test::{TestRequest, call_service},
};

use super::{get, header, set, usual};
use crate::{
    state::ApiSettings,
    testing::{self, FakeDatabase, SIGNED_IN},
};

#[actix_web::test]
async fn a_server_that_shuts_down_takes_nothing_new() {
    let state = set(ApiSettings::default());
    let app = serve!(Arc::clone(&state));
    assert_eq!(
        call_service(&app, get("/openapi.json").to_request())
            .await
            .status(),
        StatusCode::OK
    );
    state.start_draining();
    let refused = call_service(&app, get("/openapi.json").to_request()).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(&refused, "retry-after"), "5");
    assert_eq!(testing::json(refused).await["code"], "draining");
    assert_eq!(
        call_service(&app, get("/health/live").to_request())
            .await
            .status(),
        StatusCode::OK
    );
    let ready = call_service(&app, get("/health/ready").to_request()).await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(testing::json(ready).await["status"], "draining");
}

#[actix_web::test]
async fn readiness_asks_what_the_server_depends_on_and_mail_only_degrades() {
    let database = FakeDatabase::default();
    let app = serve!(testing::state(database.clone()));
    let ready = call_service(&app, get("/health/ready").to_request()).await;
    assert_eq!(ready.status(), StatusCode::OK);
    let body = testing::json(ready).await;
    assert_eq!(body["status"], "degraded");
    assert_eq!(
        body["checks"],
        serde_json::json!({"database": "ok", "storage": "ok", "mail": "degraded"})
    );
}

#[actix_web::test]
async fn a_server_without_its_database_is_not_ready_and_says_nothing_about_it() {
    let database = FakeDatabase::default();
    database.go_down();
    let app = serve!(testing::state(database));
    let ready = call_service(&app, get("/health/ready").to_request()).await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!header(&ready, "retry-after").is_empty());
    let body = testing::json(ready).await;
    assert_eq!(body["checks"]["database"], "failed");
    assert!(!body.to_string().contains("10.0.0.7"), "{body}");
}

#[actix_web::test]
async fn details_about_the_server_are_for_those_who_keep_the_deployment() {
    let app = serve!(usual());
    let anonymous = call_service(&app, get("/health/detailed").to_request()).await;
    assert_eq!(anonymous.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(header(&anonymous, "www-authenticate"), "Bearer realm=\"ipt\"");
    let coordinator = TestRequest::get()
        .uri("/health/detailed")
        .insert_header(SIGNED_IN)
        .to_request();
    assert_eq!(
        call_service(&app, coordinator).await.status(),
        StatusCode::FORBIDDEN
    );
}

#[actix_web::test]
async fn a_database_that_is_down_is_told_without_its_address() {
    let database = FakeDatabase::default();
    database.go_down();
    let app = serve!(testing::state(database));
    let response = call_service(
        &app,
        TestRequest::get()
            .uri("/api/v1/auth/me")
            .insert_header(SIGNED_IN)
            .to_request(),
    )
    .await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(&response, "retry-after"), "5");
    let body = testing::json(response).await.to_string();
    assert!(!body.contains("10.0.0.7"), "{body}");
}
