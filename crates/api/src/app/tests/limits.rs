//! How many requests are taken, of whom, and when there is enough to do.

use std::num::NonZeroU32;

use actix_web::{
    http::StatusCode,
    test::{TestRequest, call_service},
};

use super::{get, header, set, usual};
use crate::{
    state::ApiSettings,
    testing::{self, SIGNED_IN},
};

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

#[actix_web::test]
async fn a_path_spelled_otherwise_is_the_same_path() {
    let few = NonZeroU32::new(2).unwrap();
    let app = serve!(set(ApiSettings {
        sign_in_per_minute: few,
        ..ApiSettings::default()
    }));
    let attempts = [
        ("/api/v1/auth/%6cogin", StatusCode::BAD_REQUEST),
        ("/api/%76%31/auth/register", StatusCode::BAD_REQUEST),
        (
            "//api/v1/auth/password%2Dreset/%72equest/",
            StatusCode::TOO_MANY_REQUESTS,
        ),
    ];
    for (path, status) in attempts {
        let attempt = TestRequest::post().uri(path).to_request();
        assert_eq!(call_service(&app, attempt).await.status(), status, "{path}");
    }
    let signed_in = TestRequest::get()
        .uri("/api/v1/%61uth/me")
        .insert_header(testing::SIGNED_IN);
    let response = call_service(&app, signed_in.to_request()).await;
    assert_ne!(response.status(), StatusCode::UNAUTHORIZED);
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
