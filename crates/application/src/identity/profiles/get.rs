//! A person's profile.

use ipt_domain::{
    id::UserId,
    identity::{permission::Permission, profile::Profile, role::Role},
    version::Version,
};

use crate::{
    Caller, Services,
    identity::{IdentityError, users},
};

/// The profile of somebody whom the caller may look at, or the own one; with the person's version.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.profiles.get", skip_all, fields(user.id = %user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    user: UserId,
) -> Result<(Profile, Version), IdentityError> {
    let view = users::get::execute(services, caller, user).await?;
    let tenant = caller
        .tenant_id()
        .ok_or(IdentityError::denied(Permission::UserRead))?;
    let mut reader = services.database.read(caller.scope()).await?;
    let found = reader.profiles().profile(tenant, user).await?;
    let profile = found.unwrap_or(Profile::empty(tenant, user));
    let memberships = view.memberships.iter().map(|view| &view.membership);
    let roles: Vec<Role> = memberships.flat_map(|held| held.roles.iter().copied()).collect();
    let profile = profile.of_roles(&roles);
    Ok((profile, view.account.version))
}
