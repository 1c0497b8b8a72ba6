use actix_web::{
    body::to_bytes,
    http::StatusCode,
    test::{TestRequest, call_service, init_service},
};

use crate::{
    app::create_app,
    codes,
    testing::{self, FakeDatabase},
};

/// Status, kind, policy and text of a page.
async fn fetch(path: &str) -> (StatusCode, String, String, String) {
    let app = init_service(create_app(testing::state(FakeDatabase::default()))).await;
    let response = call_service(&app, TestRequest::get().uri(path).to_request()).await;
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    let (status, kind, policy) = (
        response.status(),
        header("content-type"),
        header("content-security-policy"),
    );
    let Ok(body) = to_bytes(response.into_body()).await else {
        panic!("{path} breaks off")
    };
    (status, kind, policy, String::from_utf8_lossy(&body).into_owned())
}

/// Every address in quotation marks behind `src=` and `href=`.
fn loaded(page: &str) -> Vec<&str> {
    ["src=\"", "href=\""]
        .iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[actix_web::test]
async fn the_pages_load_everything_from_this_server_and_it_is_there() {
    for path in ["/docs", "/redoc"] {
        let (status, kind, policy, page) = fetch(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(kind.starts_with("text/html"), "{path}: {kind}");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{path}: {policy}"
        );
        let assets = loaded(&page);
        assert!(assets.len() >= 2, "{page}");
        for asset in assets {
            assert!(asset.starts_with('/'), "{asset} comes from elsewhere");
            let (status, kind, _, body) = fetch(asset).await;
            assert_eq!(status, StatusCode::OK, "{asset}");
            assert!(
                !body.is_empty() && !kind.starts_with("text/html"),
                "{asset}: {kind}"
            );
        }
    }
}

#[actix_web::test]
async fn swagger_ui_shows_this_api() {
    let (_, _, _, script) = fetch("/docs/swagger-initializer.js").await;
    assert!(script.contains("\"/openapi.json\""), "{script}");
}

#[actix_web::test]
async fn redoc_is_whole_and_loads_nothing_from_elsewhere() {
    let (_, _, _, script) = fetch("/redoc/redoc.standalone.js").await;
    assert!(script.len() > 500_000, "{} bytes", script.len());
    assert!(script.contains("Redoc") && !script.contains("cdn.redoc.ly"));
    assert!(!script.contains("</html>"), "the page around the script is in it");
}

#[actix_web::test]
async fn what_is_no_asset_is_not_found() {
    for path in [
        "/docs/nonsense.js",
        "/docs/..%2f..%2fetc%2fpasswd",
        "/redoc/nonsense.js",
    ] {
        assert_eq!(fetch(path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[actix_web::test]
async fn every_code_has_a_page_that_loads_nothing() {
    for code in codes::table() {
        let (status, kind, _, page) = fetch(&format!("/errors/{}", code.name)).await;
        assert_eq!(status, StatusCode::OK, "{}", code.name);
        assert!(kind.starts_with("text/html"));
        assert!(page.contains(code.name) && loaded(&page).is_empty(), "{page}");
    }
    assert_eq!(fetch("/errors/nonsense").await.0, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_description_and_the_keys_are_public() {
    let (status, kind, _, body) = fetch("/openapi.json").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/json"));
    assert!(body.contains("\"3.1.0\""));
    assert_eq!(fetch("/.well-known/jwks.json").await.3, r#"{"keys":[]}"#);
}
