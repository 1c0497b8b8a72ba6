//! `POST /auth/switch-tenant`

use actix_web::post;
use ipt_application::identity::switch_tenant as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, Json},
    identity::dto::SignedInDto,
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
#[utoipa::path(
    tag = "auth",
    operation_id = "switch_tenant",
    responses(
        (status = 200, description = "Signed in there, by a further session", body = SignedInDto),
        (status = 404, description = "No such institution of one's own", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/switch-tenant")]
#[tracing::instrument(name = "http.identity.switch_tenant", skip_all)]
pub(super) async fn switch_tenant(actor: ActorArg, state: State, body: Json<SwitchTenant>) -> Answer {
    let SwitchTenant { tenant, reason } = body.0;
    let command = use_case::Command { tenant, reason };
    let signed_in = use_case::execute(state.services(), &actor, &command).await?;
    plain(&SignedInDto::from(signed_in))
}
