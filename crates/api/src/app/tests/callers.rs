//! Who calls is asked, and asked first.

use std::num::NonZeroU32;

use actix_web::{
    http::StatusCode,
    test::{TestRequest, call_service},
};

use super::{header, set, usual};
use crate::{state::ApiSettings, testing};

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
