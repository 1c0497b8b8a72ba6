//! What explains the API: its description, pages that show it, the pages of the error codes, and the public keys.

mod error_page;
mod html;
mod jwks;
mod openapi_json;
mod redoc;
mod swagger;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints. The pages for people are no part of the description.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(openapi_json::openapi_json)
        .service(jwks::jwks)
        .service(error_page::error_page);
    config.map(|config: &mut web::ServiceConfig| {
        config
            .service(swagger::page)
            .service(swagger::asset)
            .service(redoc::page)
            .service(redoc::asset)
    });
}

#[cfg(test)]
mod tests;
