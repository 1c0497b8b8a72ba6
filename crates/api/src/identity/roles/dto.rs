//! A role, as it goes over the wire.

use ipt_domain::identity::tenant_role::TenantRole;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Named, PermissionName, RoleName};

/// A role that the institution defines.
#[derive(Serialize, ToSchema)]
#[schema(as = TenantRole)]
pub(super) struct RoleDto {
    id: Uuid,
    /// By which it stands among a person's roles; it never changes.
    #[schema(example = "registrar")]
    key: String,
    #[schema(example = "Registrar")]
    name: String,
    /// What it permits, in this institution.
    permissions: Vec<PermissionName>,
    /// The roles of the product that its holders may give and take.
    may_grant: Vec<RoleName>,
    version: u32,
}

impl From<&TenantRole> for RoleDto {
    fn from(role: &TenantRole) -> Self {
        let given = &role.role;
        Self {
            id: given.id.uuid(),
            key: given.key.as_str().to_owned(),
            name: role.name.clone(),
            permissions: given.permissions.iter().map(Named).collect(),
            may_grant: given.may_grant.iter().copied().map(Named).collect(),
            version: role.version.number(),
        }
    }
}
