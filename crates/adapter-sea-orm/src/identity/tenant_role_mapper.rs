//! Between rows and roles that institutions define.

use ipt_domain::{
    Instant,
    id::{TenantId, TenantRoleId},
    identity::{
        permission::{Permission, PermissionSet},
        role::Role,
        tenant_role::{FurtherRole, RoleKey, TenantRole},
    },
};
use ipt_ports::RepositoryError;
use serde_json::Value;
use uuid::Uuid;

use super::tenant_role_row;
use crate::{cells::Cells, fold::folded, number};

const TABLE: &str = "tenant_role";

/// What a role gives its holders. A permission or a role of the product that this version does not know gives nothing: an
/// older server may run beside a newer one.
pub(super) fn further(
    id: Uuid,
    key: &str,
    permissions: Value,
    may_grant: Value,
) -> Result<FurtherRole, RepositoryError> {
    let cells = Cells::of(TABLE, id);
    let permissions: Vec<String> = cells.json("permissions", permissions)?;
    let may_grant: Vec<String> = cells.json("may_grant", may_grant)?;
    let permissions = permissions.iter().filter_map(|name| Permission::from_name(name));
    let granted = |role: &Role| may_grant.iter().any(|name| name == role.as_str());
    Ok(FurtherRole {
        id: TenantRoleId::new(id),
        key: RoleKey::parse(key).map_err(|_| cells.damaged("key", "it is no key of a role"))?,
        permissions: permissions.collect::<PermissionSet>(),
        may_grant: Role::ALL.into_iter().filter(granted).collect(),
    })
}

/// A role.
pub(super) fn tenant_role(row: tenant_role_row::Model) -> Result<TenantRole, RepositoryError> {
    Ok(TenantRole {
        role: further(row.id, &row.key, row.permissions, row.may_grant)?,
        tenant_id: TenantId::new(row.tenant_id),
        name: row.name,
        version: number::version(row.version, TABLE, row.id)?,
    })
}

/// The row of a role. `at` is when it was made, which is kept when it changes.
pub(super) fn row(role: &TenantRole, at: Instant) -> tenant_role_row::Model {
    let FurtherRole {
        id,
        key,
        permissions,
        may_grant,
    } = &role.role;
    tenant_role_row::Model {
        id: id.uuid(),
        tenant_id: role.tenant_id.uuid(),
        key: key.as_str().to_owned(),
        name: role.name.clone(),
        name_folded: folded(&role.name),
        permissions: permissions.iter().map(Permission::as_str).collect(),
        may_grant: may_grant.iter().map(|role| role.as_str()).collect(),
        created_at: at,
        version: number::stored_version(role.version),
    }
}
