//! `PATCH /roles/{id}`

use actix_web::patch;
use ipt_application::identity::roles::update as use_case;
use ipt_domain::id::TenantRoleId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::RoleDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    wire::{PermissionName, RoleName},
};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateRole {
    #[serde(default)]
    #[schema(example = "Registrar")]
    name: Option<String>,
    /// What it permits, whole.
    #[serde(default)]
    permissions: Option<Vec<PermissionName>>,
    /// The roles of the product that its holders may give and take, all of them.
    #[serde(default)]
    may_grant: Option<Vec<RoleName>>,
}

/// Change a role
///
/// It counts at the next request of everybody who holds the role. Nobody changes a role that is one's own.
#[utoipa::path(
    tag = "roles",
    operation_id = "update_role",
    params(("id" = Uuid, Path, description = "The role's id")),
    responses((status = 200, description = "Changed", body = RoleDto)),
)]
#[patch("/roles/{id}")]
#[tracing::instrument(name = "http.identity.update_role", skip_all)]
pub(super) async fn update_role(
    actor: ActorArg,
    state: State,
    id: PathId<TenantRoleId>,
    seen: IfMatch,
    body: Json<UpdateRole>,
) -> Answer {
    let UpdateRole {
        name,
        permissions,
        may_grant,
    } = body.0;
    let command = use_case::Command {
        id: id.required()?,
        seen: seen.0,
        name,
        permissions: permissions.map(|all| all.into_iter().map(|permission| permission.0).collect()),
        may_grant: may_grant.map(|all| all.into_iter().map(|role| role.0).collect()),
    };
    let role = use_case::execute(state.services(), &actor, &command).await?;
    one(role.version, &RoleDto::from(&role))
}
