//! People: signing in and out, and the people of an institution.

mod auth;
mod dto;
mod error;
mod session_dto;
mod users;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    auth::configure(config);
    users::configure(config);
}
