//! `POST /auth/password-reset/confirm`

use actix_web::post;
use ipt_application::identity::password_reset::confirm as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, nothing},
    extract::{Json, OriginArg},
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// The code from the mail, and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmPasswordReset {
    #[schema(example = "asha.mushi@udsm.example")]
    email: String,
    /// Eight digits.
    code: Secret,
    new_password: Secret,
}

/// Set a new password by a code
///
/// Every session of the person ends. A code is good for ten minutes, five tries and one use; a new password that is refused spends
/// none of them.
#[utoipa::path(
    tag = "auth",
    operation_id = "confirm_password_reset",
    responses(
        (status = 204, description = "The password is set; sign in with it"),
        (status = 422, description = "`invalid_code`, or the new password is refused", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/password-reset/confirm")]
#[tracing::instrument(name = "http.identity.confirm_password_reset", skip_all)]
pub(in crate::identity::auth) async fn confirm_password_reset(
    state: State,
    origin: OriginArg,
    body: Json<ConfirmPasswordReset>,
) -> Answer {
    let ConfirmPasswordReset {
        email,
        code,
        new_password,
    } = body.0;
    let command = use_case::Command {
        email,
        code: code.0,
        new_password: new_password.0,
    };
    use_case::execute(state.services(), &origin, command).await?;
    nothing()
}
