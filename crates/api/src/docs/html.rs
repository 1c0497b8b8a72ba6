//! Pages of HTML that load nothing from elsewhere.

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};

/// A page under a policy of its own: `policy` says what it may load besides nothing.
pub(super) fn page(policy: &'static str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)))
        .insert_header((
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=300"),
        ))
        .content_type(HeaderValue::from_static("text/html; charset=utf-8"))
        .body(body)
}

/// A script or style that a page loads from here.
pub(super) fn asset(content_type: &str, body: impl Into<actix_web::web::Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=3600"),
        ))
        .insert_header((header::CONTENT_TYPE, content_type))
        .body(body.into())
}
