use actix_web::{
    App, HttpResponse,
    http::header,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use ipt_domain::version::Version;

use super::conditional;
use crate::answer::{Answer, one};

async fn thing() -> Answer {
    one(Version::new(3), &serde_json::json!({ "name": "x" }))
}

async fn untagged() -> HttpResponse {
    HttpResponse::Ok().body("x")
}

/// The status for this `If-None-Match`; `TAG` stands for the thing's own.
async fn status(path: &str, known: &str) -> u16 {
    let scope = web::scope("")
        .route("/thing", web::get().to(thing))
        .route("/untagged", web::get().to(untagged));
    let app = init_service(App::new().service(scope.wrap(from_fn(conditional)))).await;
    let first = call_service(&app, TestRequest::get().uri("/thing").to_request()).await;
    let tag = first.headers().get(header::ETAG).unwrap().to_str().unwrap();
    assert!(tag.starts_with("\"3."), "{tag}");
    let known = known.replace("TAG", tag);
    let request = TestRequest::get()
        .uri(path)
        .insert_header((header::IF_NONE_MATCH, known))
        .to_request();
    call_service(&app, request).await.status().as_u16()
}

#[actix_web::test]
async fn what_the_client_has_already_is_not_sent_again() {
    for known in ["TAG", "W/TAG", "\"other\", TAG", "*"] {
        assert_eq!(status("/thing", known).await, 304, "{known}");
    }
}

#[actix_web::test]
async fn what_changed_is_sent() {
    for known in ["\"3.0badc0de\"", "\"3\"", ""] {
        assert_eq!(status("/thing", known).await, 200, "{known}");
    }
    assert_eq!(status("/untagged", "*").await, 200);
}
