//! One role that the institution defines.

use ipt_domain::{
    id::TenantRoleId,
    identity::{permission::Permission, tenant_role::TenantRole},
};

use crate::{Caller, Services, identity::IdentityError};

/// Reads a role, for those who look after people.
///
/// # Errors
/// [`IdentityError::RoleNotFound`], [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.roles.get", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: TenantRoleId,
) -> Result<TenantRole, IdentityError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let found = reader.roles().tenant_role(id).await?;
    let role = found.ok_or(IdentityError::RoleNotFound)?;
    caller.tenant_with(Permission::UserRead)?;
    Ok(role)
}
