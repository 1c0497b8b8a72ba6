//! `POST /auth/password`

use actix_web::post;
use ipt_application::identity::change_password as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, nothing},
    extract::{ActorArg, Json},
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// The old and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    current_password: Secret,
    new_password: Secret,
}

/// Change the own password
///
/// The other sessions end, and this one stays. A wrong current password counts as a failure to sign in.
#[utoipa::path(
    tag = "auth",
    operation_id = "change_password",
    responses(
        (status = 204, description = "Changed"),
        (status = 401, description = "`invalid_credentials`: the current password is not right, or the account is locked", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "The new password is refused", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/password")]
#[tracing::instrument(name = "http.identity.change_password", skip_all)]
pub(super) async fn change_password(actor: ActorArg, state: State, body: Json<ChangePassword>) -> Answer {
    let ChangePassword {
        current_password,
        new_password,
    } = body.0;
    let command = use_case::Command {
        current_password: current_password.0,
        new_password: new_password.0,
    };
    use_case::execute(state.services(), &actor, command).await?;
    nothing()
}
