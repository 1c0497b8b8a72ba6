//! `GET /roles/{id}`

use actix_web::get;
use ipt_application::identity::roles::get as use_case;
use ipt_domain::id::TenantRoleId;

use super::dto::RoleDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// One role that the institution defines
#[utoipa::path(
    tag = "roles",
    operation_id = "get_role",
    params(("id" = Uuid, Path, description = "The role's id")),
    responses((status = 200, description = "The role", body = RoleDto)),
)]
#[get("/roles/{id}")]
#[tracing::instrument(name = "http.identity.get_role", skip_all)]
pub(super) async fn get_role(actor: ActorArg, state: State, id: PathId<TenantRoleId>) -> Answer {
    let role = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(role.version, &RoleDto::from(&role))
}
