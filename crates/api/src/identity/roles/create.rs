//! `POST /roles`

use actix_web::post;
use ipt_application::identity::roles::create as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::RoleDto;
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json},
    state::State,
    wire::{PermissionName, RoleName},
};

/// A role to be defined.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateRole {
    /// 2 to 64 lower-case letters, digits and underscores, a letter first; none of the product's roles. It never changes.
    #[schema(example = "registrar")]
    key: String,
    #[schema(example = "Registrar")]
    name: String,
    /// What it permits: nothing that one's own roles may not give.
    permissions: Vec<PermissionName>,
    /// The roles of the product that its holders may give and take; none when left out.
    #[serde(default)]
    may_grant: Vec<RoleName>,
}

/// Define a role
///
/// For the institution's administrators.
#[utoipa::path(
    tag = "roles",
    operation_id = "create_role",
    responses((status = 201, description = "Defined", body = RoleDto)),
)]
#[post("/roles")]
#[tracing::instrument(name = "http.identity.create_role", skip_all)]
pub(super) async fn create_role(actor: ActorArg, state: State, body: Json<CreateRole>) -> Answer {
    let CreateRole {
        key,
        name,
        permissions,
        may_grant,
    } = body.0;
    let command = use_case::Command {
        key,
        name,
        permissions: permissions.into_iter().map(|permission| permission.0).collect(),
        may_grant: may_grant.into_iter().map(|role| role.0).collect(),
    };
    let role = use_case::execute(state.services(), &actor, &command).await?;
    let location = format!("/api/v1/roles/{}", role.role.id);
    created(&location, role.version, &RoleDto::from(&role))
}
