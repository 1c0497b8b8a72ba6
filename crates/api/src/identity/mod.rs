//! People: signing in and out, the people of an institution, and of any institution for those who keep the deployment.

mod auth;
mod dto;
mod error;
mod exports;
mod profiles;
mod roles;
mod session_dto;
mod sign_in_dto;
mod tenant_users;
mod users;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    auth::configure(config);
    users::configure(config);
    exports::configure(config);
    profiles::configure(config);
    roles::configure(config);
    tenant_users::configure(config);
}
