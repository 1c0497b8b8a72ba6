//! `POST /auth/accept-invitation`

use actix_web::post;
use ipt_application::identity::accept_invitation as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, nothing},
    extract::{Json, OriginArg},
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// The token from the mail, and the first password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptInvitation {
    token: Secret,
    password: Secret,
}

/// Set the first password by an invitation
///
/// The address counts as verified then. An invitation is good for seven days and one use; a password that is refused leaves it as it
/// is.
#[utoipa::path(
    tag = "auth",
    operation_id = "accept_invitation",
    responses(
        (status = 204, description = "The password is set; sign in with it"),
        (status = 422, description = "`invalid_code`, or the password is refused", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/accept-invitation")]
#[tracing::instrument(name = "http.identity.accept_invitation", skip_all)]
pub(super) async fn accept_invitation(
    state: State,
    origin: OriginArg,
    body: Json<AcceptInvitation>,
) -> Answer {
    let AcceptInvitation { token, password } = body.0;
    use_case::execute(state.services(), &origin, &token.0, password.0).await?;
    nothing()
}
