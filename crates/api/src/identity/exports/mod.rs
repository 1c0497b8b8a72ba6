//! Copies of what is kept of a person.

mod content;
mod dto;
mod link;
mod look;
mod request;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(request::request_own_export)
        .service(look::own_export)
        .service(request::request_user_export)
        .service(look::user_export)
        .service(content::fetch_export);
}
