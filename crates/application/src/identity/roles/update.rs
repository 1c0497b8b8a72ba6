//! Changing a role.

use ipt_domain::{
    id::TenantRoleId,
    identity::{
        permission::PermissionSet,
        role::Role,
        tenant_role::{FurtherRole, TenantRole},
    },
    version::Version,
};
use serde_json::json;

use super::{Maker, broken, record, values};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    identity::IdentityError,
};

/// What to change; what is left out stays.
#[derive(Clone, Debug)]
pub struct Command {
    /// The role.
    pub id: TenantRoleId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// Its name.
    pub name: Option<String>,
    /// What it permits.
    pub permissions: Option<PermissionSet>,
    /// The roles of the product that its holders may give and take.
    pub may_grant: Option<Vec<Role>>,
}

/// Changes a role of the institution; what it permits counts for all who hold it from their next request on. Neither as it
/// was nor as it becomes has it anything that the caller may not give, and the caller does not hold it.
///
/// # Errors
/// [`IdentityError::RoleNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::RoleExceeds`],
/// [`IdentityError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.identity.roles.update", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<TenantRole, IdentityError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<TenantRole, IdentityError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let found = work.roles().tenant_role(command.id).await?;
    let before = found.ok_or(IdentityError::RoleNotFound)?;
    let maker = Maker::of(work.as_mut(), caller).await?;
    maker.check(&before.role)?;
    let role = FurtherRole {
        permissions: command.permissions.unwrap_or(before.role.permissions),
        may_grant: command
            .may_grant
            .clone()
            .unwrap_or_else(|| before.role.may_grant.clone()),
        ..before.role.clone()
    };
    maker.check(&role)?;
    check_seen(command.seen, before.version)?;
    let name = command.name.as_deref().unwrap_or(&before.name);
    let after = TenantRole::define(role, before.tenant_id, name, before.version).map_err(broken)?;
    if after == before {
        return Ok(after);
    }
    let after = TenantRole {
        version: before.version.next(),
        ..after
    };
    let told = json!({ "before": values(&before), "after": values(&after) });
    let trail = record(services, caller, "identity.change_role", &after, told);
    work.roles()
        .save_tenant_role(&after, Some(before.version), &trail)
        .await?;
    work.commit().await?;
    Ok(after)
}
