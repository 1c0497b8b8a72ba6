//! Where a request goes by its path and method, and how it is told when it goes nowhere.

use std::num::NonZeroU32;

use actix_web::{
    http::{Method, StatusCode},
    test::{TestRequest, call_service},
};

use super::{get, header, set, usual};
use crate::{
    state::ApiSettings,
    testing::{self, SIGNED_IN},
};

#[actix_web::test]
async fn a_slash_at_the_end_makes_no_difference() {
    let app = serve!(usual());
    for path in ["/health", "/health/", "/health//"] {
        assert_eq!(
            call_service(&app, get(path).to_request()).await.status(),
            StatusCode::OK,
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_path_that_leads_nowhere_is_a_problem_with_the_request_id() {
    let app = serve!(usual());
    let request = TestRequest::get()
        .uri("/api/v1/nonsense")
        .insert_header(("x-request-id", "abc-1"))
        .to_request();
    let response = call_service(&app, request).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&response, "x-request-id"), "abc-1");
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    let body = testing::json(response).await;
    assert_eq!(
        (body["code"].as_str(), body["request_id"].as_str()),
        (Some("not_found"), Some("abc-1"))
    );
}

#[actix_web::test]
async fn an_id_that_could_do_harm_is_replaced() {
    let app = serve!(usual());
    let request = TestRequest::get()
        .uri("/health")
        .insert_header(("x-request-id", "a b;c"))
        .to_request();
    let id = header(&call_service(&app, request).await, "x-request-id");
    assert_eq!(id.len(), 36, "{id}");
}

#[actix_web::test]
async fn another_method_is_refused_with_those_that_are_there() {
    let app = serve!(usual());
    let response = call_service(&app, TestRequest::delete().uri("/health").to_request()).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&response, "allow"), "GET, HEAD");
    assert_eq!(testing::json(response).await["code"], "method_not_allowed");
}

#[actix_web::test]
async fn the_name_of_a_path_is_not_taken_for_an_id() {
    let app = serve!(usual());
    for (request, path) in [
        (TestRequest::patch(), "/api/v1/logs/verify-industry"),
        (TestRequest::get(), "/api/v1/placements/reopen-days"),
        (TestRequest::delete(), "/api/v1/auth/sessions/end-others"),
        (
            TestRequest::default().method(Method::OPTIONS),
            "/api/v1/logs/verify-academic",
        ),
    ] {
        let request = request.uri(path).insert_header(SIGNED_IN);
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(header(&response, "allow"), "POST", "{path}");
    }
}

#[actix_web::test]
async fn head_is_answered_wherever_get_is() {
    let app = serve!(usual());
    let request = TestRequest::with_uri("/health").method(Method::HEAD).to_request();
    assert_eq!(call_service(&app, request).await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn every_answer_keeps_browsers_from_doing_more_with_it() {
    let app = serve!(usual());
    for path in ["/health", "/nonsense"] {
        let response = call_service(&app, get(path).to_request()).await;
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert!(header(&response, "content-security-policy").contains("frame-ancestors 'none'"));
        assert!(
            header(&response, "strict-transport-security").starts_with("max-age="),
            "the public address is https"
        );
    }
}

#[actix_web::test]
async fn every_route_is_there_under_its_method() {
    let app = serve!(set(ApiSettings {
        requests_per_minute: NonZeroU32::MAX,
        ..ApiSettings::default()
    }));
    for route in crate::routes().iter().filter(|route| !route.path.contains('{')) {
        let request = TestRequest::with_uri(&route.path)
            .method(route.method.parse().unwrap())
            .to_request();
        let status = call_service(&app, request).await.status();
        assert!(
            status != StatusCode::NOT_FOUND && status != StatusCode::METHOD_NOT_ALLOWED,
            "{route:?}: {status}"
        );
    }
}

#[actix_web::test]
async fn a_request_that_takes_no_json_is_refused() {
    let app = serve!(usual());
    let request = TestRequest::get().uri("/api/v1/auth/me").insert_header(SIGNED_IN);
    let response = call_service(&app, request.insert_header(("accept", "text/html")).to_request()).await;
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
    assert_eq!(testing::json(response).await["code"], "not_acceptable");
}

#[actix_web::test]
async fn an_id_that_is_none_is_not_found() {
    let app = serve!(usual());
    let request = TestRequest::get()
        .uri("/api/v1/users/7")
        .insert_header(SIGNED_IN)
        .to_request();
    let response = call_service(&app, request).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&response, "cache-control"), "private, no-cache");
}

#[actix_web::test]
async fn what_is_wrong_with_the_body_is_told_before_an_id_that_is_none() {
    let app = serve!(usual());
    let request = TestRequest::patch()
        .uri("/api/v1/users/7")
        .insert_header(SIGNED_IN);
    let request = request
        .insert_header(("content-type", "application/json"))
        .set_payload(r#"{"colour": 1}"#);
    let response = call_service(&app, request.to_request()).await;
    assert_eq!(testing::json(response).await["code"], "unknown_field");
}
