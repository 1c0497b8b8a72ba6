//! What stands between the world and the endpoints: proxies, pages of other origins, encryption, sizes.

use std::{num::NonZeroU32, sync::Arc};

use actix_web::{
    dev::ServiceResponse,
    http::{Method, StatusCode},
    test::{TestRequest, call_service},
};

use crate::{
    state::{ApiSettings, ApiState},
    testing::{self, FakeDatabase, SIGNED_IN},
};

const APP: &str = "https://app.example.org";
const PROXY: &str = "10.0.0.7:4711";

/// A state behind a proxy, used by one page.
fn usual() -> Arc<ApiState> {
    set(|_| {})
}

fn set(change: impl FnOnce(&mut ApiSettings)) -> Arc<ApiState> {
    let mut settings = ApiSettings {
        public_url: "https://ipt.example.org".to_owned(),
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        cors_origins: vec![APP.parse().unwrap()],
        ..ApiSettings::default()
    };
    change(&mut settings);
    testing::state_with(FakeDatabase::default(), settings)
}

fn header<B>(response: &ServiceResponse<B>, name: &str) -> String {
    let values = response.headers().get_all(name);
    let values: Vec<_> = values.map(|value| value.to_str().unwrap()).collect();
    values.join(", ")
}

fn preflight(origin: &'static str) -> TestRequest {
    TestRequest::with_uri("/api/v1/logs")
        .method(Method::OPTIONS)
        .insert_header(("origin", origin))
        .insert_header(("access-control-request-method", "POST"))
        .insert_header((
            "access-control-request-headers",
            "authorization, content-type, idempotency-key, if-match, x-csrf-token",
        ))
}

#[actix_web::test]
async fn a_page_of_an_origin_in_the_list_may_ask_and_read() {
    let app = serve!(usual());
    let asked = call_service(&app, preflight(APP).to_request()).await;
    assert_eq!(asked.status(), StatusCode::OK);
    assert_eq!(header(&asked, "access-control-allow-origin"), APP);
    assert_eq!(header(&asked, "access-control-allow-credentials"), "true");
    assert!(header(&asked, "access-control-allow-methods").contains("PATCH"));
    assert!(
        header(&asked, "access-control-allow-headers")
            .to_lowercase()
            .contains("x-csrf-token")
    );

    let request = TestRequest::get().uri("/health").insert_header(("origin", APP));
    let read = call_service(&app, request.to_request()).await;
    assert_eq!(read.status(), StatusCode::OK);
    assert_eq!(header(&read, "access-control-allow-origin"), APP);
    assert!(header(&read, "vary").to_lowercase().contains("origin"));
    let exposed = header(&read, "access-control-expose-headers").to_lowercase();
    for name in [
        "etag",
        "link",
        "location",
        "ratelimit",
        "ratelimit-policy",
        "x-request-id",
        "idempotency-replayed",
        "retry-after",
    ] {
        let mut names = exposed.split(',').map(str::trim);
        assert!(names.any(|exposed| exposed == name), "{name} is not in {exposed}");
    }
}

#[actix_web::test]
async fn a_page_of_any_other_origin_may_neither_ask_nor_read() {
    let app = serve!(usual());
    for origin in [
        "https://evil.example",
        "http://app.example.org",
        "https://app.example.org.evil.example",
        "https://app.example.org:8443",
        "null",
    ] {
        let asked = call_service(&app, preflight(origin).to_request()).await;
        assert_eq!(header(&asked, "access-control-allow-origin"), "", "{origin}");
        assert_eq!(asked.status(), StatusCode::BAD_REQUEST, "{origin}");
        assert_eq!(testing::json(asked).await["code"], "preflight_refused");
        let request = TestRequest::get()
            .uri("/health")
            .insert_header(("origin", origin));
        let read = call_service(&app, request.to_request()).await;
        assert_eq!(header(&read, "access-control-allow-origin"), "", "{origin}");
    }
}

#[actix_web::test]
async fn without_a_list_no_page_of_another_origin_is_told_anything() {
    let app = serve!(set(|settings| settings.cors_origins.clear()));
    let asked = call_service(&app, preflight(APP).to_request()).await;
    assert!(asked.status().is_client_error());
    assert!(
        asked
            .headers()
            .keys()
            .all(|name| !name.as_str().starts_with("access-control"))
    );
}

#[actix_web::test]
async fn a_page_can_read_why_it_was_refused() {
    let app = serve!(set(|settings| settings.requests_per_minute = NonZeroU32::MIN));
    let request = || {
        TestRequest::get()
            .uri("/api/v1/auth/me")
            .insert_header(("origin", APP))
            .to_request()
    };
    for status in [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS] {
        let refused = call_service(&app, request()).await;
        assert_eq!(refused.status(), status);
        assert_eq!(header(&refused, "access-control-allow-origin"), APP, "{status}");
    }
}

#[actix_web::test]
async fn what_a_trusted_proxy_got_in_clear_is_sent_to_the_public_address() {
    let app = serve!(usual());
    let in_clear = |peer: &str, path: &str| {
        TestRequest::post()
            .uri(path)
            .peer_addr(peer.parse().unwrap())
            .insert_header(("host", "evil.example"))
            .insert_header(("x-forwarded-for", "192.0.2.60"))
            .insert_header(("x-forwarded-proto", "http"))
            .to_request()
    };
    let sent_on = call_service(&app, in_clear(PROXY, "/api/v1/auth/login?x=1")).await;
    assert_eq!(sent_on.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(
        header(&sent_on, "location"),
        "https://ipt.example.org/api/v1/auth/login?x=1"
    );
    let elsewhere = call_service(&app, in_clear(PROXY, "//evil.example/x")).await;
    assert!(header(&elsewhere, "location").starts_with("https://ipt.example.org/"));

    let probe = TestRequest::get()
        .uri("/health/live")
        .peer_addr(PROXY.parse().unwrap())
        .insert_header(("x-forwarded-proto", "http"));
    assert_eq!(
        call_service(&app, probe.to_request()).await.status(),
        StatusCode::OK
    );
    let claimed = call_service(&app, in_clear("198.51.100.9:1", "/nonsense")).await;
    assert_eq!(
        claimed.status(),
        StatusCode::NOT_FOUND,
        "whoever is not trusted is not believed"
    );
    let plain = serve!(set(
        |settings| settings.public_url = "http://127.0.0.1:8000".to_owned()
    ));
    let response = call_service(&plain, in_clear(PROXY, "/nonsense")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn requests_through_a_trusted_proxy_are_counted_for_each_client() {
    let app = serve!(set(|settings| settings.requests_per_minute = NonZeroU32::MIN));
    let status = async |client: &'static str| {
        let request = TestRequest::get()
            .uri("/nonsense")
            .peer_addr(PROXY.parse().unwrap())
            .insert_header(("x-forwarded-for", client))
            .to_request();
        call_service(&app, request).await.status().as_u16()
    };
    assert_eq!(status("192.0.2.60").await, 404);
    assert_eq!(status("192.0.2.61").await, 404);
    assert_eq!(status("192.0.2.60").await, 429);
    assert_eq!(
        status("1.2.3.4, 192.0.2.60").await,
        429,
        "a new name for the old client"
    );
}

#[actix_web::test]
async fn every_answer_has_its_security_headers_and_only_https_is_remembered() {
    let app = serve!(usual());
    for path in ["/health", "/api/v1/auth/me", "/nonsense"] {
        let response = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        assert!(
            header(&response, "permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert!(!header(&response, "cache-control").is_empty(), "{path}");
        assert!(
            header(&response, "strict-transport-security").starts_with("max-age="),
            "{path}"
        );
    }
    let app = serve!(set(
        |settings| settings.public_url = "http://127.0.0.1:8000".to_owned()
    ));
    let response = call_service(&app, TestRequest::get().uri("/health").to_request()).await;
    assert_eq!(header(&response, "strict-transport-security"), "");
}

#[actix_web::test]
async fn an_address_or_a_head_that_is_too_long_is_refused_with_its_code() {
    let app = serve!(usual());
    let long = format!("/api/v1/logs?q={}", "x".repeat(9_000));
    let request = TestRequest::get().uri(&long).insert_header(SIGNED_IN);
    let refused = call_service(&app, request.to_request()).await;
    assert_eq!(refused.status(), StatusCode::URI_TOO_LONG);
    assert_eq!(testing::json(refused).await["code"], "uri_too_long");

    let request = TestRequest::get()
        .uri("/api/v1/auth/me")
        .insert_header(("cookie", "x=".to_owned() + &"y".repeat(33_000)));
    let refused = call_service(&app, request.to_request()).await;
    assert_eq!(refused.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    assert_eq!(testing::json(refused).await["code"], "headers_too_large");
}
