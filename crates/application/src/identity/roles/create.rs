//! Defining a role.

use ipt_domain::{
    id::TenantRoleId,
    identity::{
        permission::PermissionSet,
        role::Role,
        tenant_role::{FurtherRole, RoleKey, TenantRole},
    },
    version::Version,
};
use serde_json::json;

use super::{Maker, record, values};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
};

/// The role.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its key, which never changes.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it permits.
    pub permissions: PermissionSet,
    /// The roles of the product that its holders may give and take.
    pub may_grant: Vec<Role>,
}

/// Defines a role of the institution, with nothing that the caller may not give.
///
/// # Errors
/// [`IdentityError::Denied`], [`IdentityError::RoleExceeds`], then every broken rule together, a key that is taken among
/// them.
#[tracing::instrument(name = "usecase.identity.roles.create", skip_all)]
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
    let maker = Maker::of(work.as_mut(), caller).await?;
    let mut broken = BrokenRules::default();
    let key = broken.keep(RoleKey::parse(&command.key).map_err(IdentityViolation::RoleKey));
    let id = TenantRoleId::new(services.ids.next());
    let Some(key) = key else {
        return Err(broken.into());
    };
    let taken = work
        .roles()
        .tenant_roles_by_key(maker.tenant, std::slice::from_ref(&key))
        .await?;
    if !taken.is_empty() {
        broken.push(IdentityViolation::RoleKeyTaken);
    }
    let role = FurtherRole {
        id,
        key,
        permissions: command.permissions,
        may_grant: command.may_grant.clone(),
    };
    let defined = TenantRole::define(role.clone(), maker.tenant, &command.name, Version::FIRST);
    let defined = match defined {
        Ok(defined) => {
            maker.check(&defined.role)?;
            defined
        }
        Err(errors) => {
            broken.extend(errors.into_iter().map(IdentityViolation::RoleDefinition));
            return Err(broken.into());
        }
    };
    broken.into_result()?;
    let trail = record(
        services,
        caller,
        "identity.define_role",
        &defined,
        json!({ "after": values(&defined) }),
    );
    work.roles().save_tenant_role(&defined, None, &trail).await?;
    work.commit().await?;
    Ok(defined)
}
