//! The description of the API (OpenAPI 3.1), collected from the endpoints themselves.

mod complete;

use std::sync::LazyLock;

use actix_web::App;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt as _;

use crate::app::configure;

static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(|| {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .configure(configure)
        .split_for_parts();
    complete::complete(&mut document);
    document
});

/// The description, made once.
pub(crate) fn document() -> &'static OpenApi {
    &DOCUMENT
}

/// The description of the API, without a running server.
pub fn openapi() -> OpenApi {
    document().clone()
}

#[cfg(test)]
mod tests;
