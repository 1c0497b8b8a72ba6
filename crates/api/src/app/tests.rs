use std::{num::NonZeroU32, sync::Arc};

use actix_web::{
    dev::ServiceResponse,
    http::{Method, StatusCode},
    test::{TestRequest, call_service, init_service},
};

use super::create_app;
use crate::{
    state::{ApiSettings, ApiState},
    testing::{self, FakeDatabase, SIGNED_IN},
};

/// The application over a state. A macro, since the type of the application cannot be written down.
macro_rules! serve {
    ($state:expr) => {
        init_service(create_app($state)).await
    };
}

fn usual() -> Arc<ApiState> {
    testing::state(FakeDatabase::default())
}

fn set(settings: ApiSettings) -> Arc<ApiState> {
    testing::state_with(FakeDatabase::default(), settings)
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

fn header<B>(response: &ServiceResponse<B>, name: &str) -> String {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

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
async fn every_answer_tells_how_many_requests_are_left() {
    let app = serve!(usual());
    let response = call_service(&app, get("/nonsense").to_request()).await;
    assert_eq!(header(&response, "ratelimit-policy"), "\"default\";q=120;w=60");
    assert_eq!(header(&response, "ratelimit"), "\"default\";r=119;t=1");
}

#[actix_web::test]
async fn one_request_too_many_is_refused_for_a_while_but_no_probe_is() {
    let few = NonZeroU32::new(2).unwrap();
    let app = serve!(set(ApiSettings {
        requests_per_minute: few,
        ..ApiSettings::default()
    }));
    for _ in 0..2 {
        assert_eq!(
            call_service(&app, get("/nonsense").to_request()).await.status(),
            StatusCode::NOT_FOUND
        );
    }
    let refused = call_service(&app, get("/nonsense").to_request()).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&refused, "ratelimit"), "\"default\";r=0;t=30");
    assert_eq!(header(&refused, "retry-after"), "30");
    let body = testing::json(refused).await;
    assert_eq!(body["violated-policies"], serde_json::json!(["default"]));
    assert_eq!(
        call_service(&app, get("/health").to_request()).await.status(),
        StatusCode::OK
    );
    let signed_in = TestRequest::get()
        .uri("/nonsense")
        .insert_header(SIGNED_IN)
        .to_request();
    assert_eq!(
        call_service(&app, signed_in).await.status(),
        StatusCode::NOT_FOUND,
        "a person pays for the crowd"
    );
}

#[actix_web::test]
async fn an_address_that_a_client_only_claims_is_not_believed() {
    let few = NonZeroU32::new(1).unwrap();
    let app = serve!(set(ApiSettings {
        requests_per_minute: few,
        ..ApiSettings::default()
    }));
    let claim = |address: &str| {
        let peer = "192.0.2.7:1234".parse().unwrap();
        TestRequest::get()
            .uri("/nonsense")
            .peer_addr(peer)
            .insert_header(("x-forwarded-for", address.to_owned()))
    };
    assert_eq!(
        call_service(&app, claim("198.51.100.1").to_request())
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        call_service(&app, claim("198.51.100.2").to_request())
            .await
            .status(),
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[actix_web::test]
async fn a_server_that_has_enough_to_do_says_so() {
    let app = serve!(set(ApiSettings {
        max_waiting: 0,
        ..ApiSettings::default()
    }));
    let refused = call_service(&app, get("/openapi.json").to_request()).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(&refused, "retry-after"), "1");
    assert_eq!(testing::json(refused).await["code"], "overloaded");
    assert_eq!(
        call_service(&app, get("/health/live").to_request())
            .await
            .status(),
        StatusCode::OK
    );
}

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
async fn who_calls_is_asked_before_anything_of_the_body_is_looked_at() {
    let app = serve!(usual());
    for (kind, body) in [
        ("application/json", "{ nonsense"),
        ("text/plain", "hello"),
        ("application/json", ""),
    ] {
        let request = TestRequest::post()
            .uri("/api/v1/users")
            .insert_header(("content-type", kind))
            .set_payload(body);
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{kind} {body}");
        assert_eq!(header(&response, "www-authenticate"), "Bearer realm=\"ipt\"");
        assert_eq!(testing::json(response).await["code"], "unauthenticated");
    }
}

#[actix_web::test]
async fn a_token_that_is_not_good_is_told_as_such() {
    let app = serve!(usual());
    let request = TestRequest::get()
        .uri("/api/v1/users")
        .insert_header(("authorization", "Bearer forged"));
    let response = call_service(&app, request.to_request()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        header(&response, "www-authenticate"),
        "Bearer realm=\"ipt\", error=\"invalid_token\""
    );
    assert_eq!(testing::json(response).await["code"], "invalid_token");
}

#[actix_web::test]
async fn every_route_but_the_public_ones_asks_who_calls() {
    let app = serve!(set(ApiSettings {
        requests_per_minute: NonZeroU32::MAX,
        ..ApiSettings::default()
    }));
    let routes: Vec<_> = crate::routes().iter().filter(|route| route.signed_in).collect();
    assert!(routes.len() > 40);
    for route in routes {
        let path = route.path.replace("{id}", "01890a5d-ac96-774b-bcce-b302099a8057");
        let request = TestRequest::with_uri(&path)
            .method(route.method.parse().unwrap())
            .to_request();
        let response = call_service(&app, request).await;
        assert_eq!(
            response.status(),
            StatusCode::UNAUTHORIZED,
            "{} {}",
            route.method,
            route.path
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

#[actix_web::test]
async fn attempts_to_sign_in_are_counted_more_strictly_and_by_address() {
    let few = NonZeroU32::new(2).unwrap();
    let app = serve!(set(ApiSettings {
        sign_in_per_minute: few,
        ..ApiSettings::default()
    }));
    let attempt = |address: &str| {
        TestRequest::post()
            .uri("/api/v1/auth/login")
            .peer_addr(address.parse().unwrap())
            .to_request()
    };
    for _ in 0..2 {
        let response = call_service(&app, attempt("192.0.2.7:1")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(header(&response, "ratelimit-policy"), "\"default\";q=120;w=60");
    }
    let refused = call_service(&app, attempt("192.0.2.7:2")).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        header(&refused, "ratelimit-policy"),
        "\"default\";q=120;w=60, \"sign_in\";q=2;w=60"
    );
    assert_eq!(
        testing::json(refused).await["violated-policies"],
        serde_json::json!(["sign_in"])
    );
    assert_eq!(
        call_service(&app, attempt("192.0.2.8:1")).await.status(),
        StatusCode::BAD_REQUEST
    );
}
