//! Removing a role.

use ipt_domain::{id::TenantRoleId, version::Version};
use serde_json::json;

use super::{Maker, record, values};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    identity::IdentityError,
};

/// Removes a role of the institution that nobody holds, not even by a membership that is disabled.
///
/// # Errors
/// [`IdentityError::RoleNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::RoleExceeds`],
/// [`IdentityError::Stale`], [`IdentityError::RoleInUse`].
#[tracing::instrument(name = "usecase.identity.roles.remove", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: TenantRoleId,
    seen: Option<Version>,
) -> Result<(), IdentityError> {
    settle(|| attempt(services, caller, id, seen)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    id: TenantRoleId,
    seen: Option<Version>,
) -> Result<(), IdentityError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let found = work.roles().tenant_role(id).await?;
    let role = found.ok_or(IdentityError::RoleNotFound)?;
    Maker::of(work.as_mut(), caller).await?.check(&role.role)?;
    check_seen(seen, role.version)?;
    let people = work.roles().tenant_role_holders(id).await?;
    if people > 0 {
        return Err(IdentityError::RoleInUse { people });
    }
    let told = json!({ "before": values(&role) });
    let trail = record(services, caller, "identity.remove_role", &role, told);
    work.roles().delete_tenant_role(id, role.version, &trail).await?;
    Ok(work.commit().await?)
}
