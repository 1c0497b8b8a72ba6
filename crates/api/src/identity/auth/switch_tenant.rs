//! `POST /auth/switch-tenant`

use actix_web::post;
use ipt_application::identity::{IdentityError, sessions, switch_tenant as use_case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::signed_in::answer;
use crate::{
    answer::Answer,
    browser::Way,
    extract::{ActorArg, Json, WayArg},
    identity::sign_in_dto::SignInDto,
    problem::ProblemBody,
    state::State,
};

/// Where to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SwitchTenant {
    /// The institution's code.
    #[schema(example = "udsm")]
    tenant: String,
    /// Why; needed of a superadmin, and kept in the institution's audit trail.
    #[serde(default)]
    reason: Option<String>,
}

/// Act in another institution
///
/// In a browser the cookies are the new session's, and the one before ends.
#[utoipa::path(
    tag = "auth",
    operation_id = "switch_tenant",
    responses(
        (status = 200, description = "Signed in there, by a further session", body = SignInDto),
        (status = 404, description = "No such institution of one's own", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/switch-tenant")]
#[tracing::instrument(name = "http.identity.switch_tenant", skip_all)]
pub(super) async fn switch_tenant(
    actor: ActorArg,
    state: State,
    way: WayArg,
    body: Json<SwitchTenant>,
) -> Answer {
    let SwitchTenant { tenant, reason } = body.0;
    let command = use_case::Command { tenant, reason };
    let signed_in = use_case::execute(state.services(), &actor, &command).await?;
    if way.0 == Way::Cookie {
        // The browser forgets its tokens. That another request has just ended it is all the same.
        match sessions::end::execute(state.services(), &actor, actor.session_id).await {
            Ok(()) | Err(IdentityError::SessionNotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    answer(&state, way.0, signed_in)
}
