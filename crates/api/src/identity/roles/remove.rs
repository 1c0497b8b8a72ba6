//! `DELETE /roles/{id}`

use actix_web::delete;
use ipt_application::identity::roles::remove as use_case;
use ipt_domain::id::TenantRoleId;

use crate::{
    answer::{Answer, nothing},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    problem::ProblemBody,
    state::State,
};

/// Remove a role that nobody holds
#[utoipa::path(
    tag = "roles",
    operation_id = "remove_role",
    params(("id" = Uuid, Path, description = "The role's id")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "Somebody holds it: `people` says how many", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/roles/{id}")]
#[tracing::instrument(name = "http.identity.remove_role", skip_all)]
pub(super) async fn remove_role(
    actor: ActorArg,
    state: State,
    id: PathId<TenantRoleId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    nothing()
}
