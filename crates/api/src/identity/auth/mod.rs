//! Registering, signing in and out, oneself, and the own sessions.

mod accept_invitation;
mod change_password;
mod csrf;
mod end_other_sessions;
mod end_session;
mod list_sessions;
mod login;
mod logout;
mod me;
mod password_reset;
mod presented;
mod refresh;
mod register;
mod resend_verification;
mod signed_in;
mod switch_tenant;
mod verify_email;

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(register::register)
        .service(verify_email::verify_email)
        .service(resend_verification::resend_verification)
        .service(login::login)
        .service(refresh::refresh)
        .service(logout::logout)
        .service(password_reset::request::request_password_reset)
        .service(password_reset::confirm::confirm_password_reset)
        .service(accept_invitation::accept_invitation)
        .service(change_password::change_password)
        .service(me::me)
        .service(csrf::csrf_token)
        .service(switch_tenant::switch_tenant)
        .service(list_sessions::list_sessions)
        .service(end_other_sessions::end_other_sessions)
        .service(end_session::end_session);
}

/// A mail address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Address {
    #[schema(example = "asha.mushi@udsm.example")]
    email: String,
}
