//! `GET /openapi.json`

use actix_web::{
    get,
    http::header::{self, HeaderValue},
};

use crate::{
    answer::{Answer, plain},
    openapi::document,
};

/// The description of the API
///
/// OpenAPI 3.1. Paths are complete, so any address of the server will do as its base.
#[utoipa::path(
    tag = "operation",
    operation_id = "openapi",
    responses((status = 200, description = "The description", content_type = "application/json")),
)]
#[get("/openapi.json")]
#[tracing::instrument(name = "http.docs.openapi", skip_all)]
pub(super) async fn openapi_json() -> Answer {
    let mut answer = plain(document())?;
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    Ok(answer)
}
