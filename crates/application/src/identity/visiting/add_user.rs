//! Adding a person to an institution, by somebody who keeps the deployment.

use ipt_domain::{id::TenantId, identity::role::Role};
use ipt_ports::{Scope, identity::UserView};

use super::{check, is_inside, reason, visitor};
use crate::{
    Caller, Services,
    identity::{IdentityError, users::create},
};

/// What is recorded as the reason when an institution gets its first administrator: there is nobody yet to be seen, and
/// nobody else who could add one.
const FOUNDING: &str = "The institution had no administrator.";

/// Whom to add to which institution, and why.
#[derive(Clone, Debug)]
pub struct Command {
    /// The institution.
    pub tenant: TenantId,
    /// Why; neither whoever acts in the institution already needs one, nor an institution without an administrator.
    pub reason: Option<String>,
    /// The person.
    pub person: create::Command,
}

/// Adds a person to an institution, as its administrators do. The reason stands with it in the institution's audit trail.
///
/// # Errors
/// [`IdentityError::TenantNotFound`], [`IdentityError::Denied`]; a reason that is missing; those of
/// [`create`].
#[tracing::instrument(name = "usecase.identity.visiting.add_user", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<UserView, IdentityError> {
    let Command {
        tenant,
        reason: given,
        person,
    } = command;
    check(services, caller, *tenant).await?;
    if is_inside(caller, *tenant) {
        return create::execute(services, caller, person).await;
    }
    let founding = given.is_none() && has_no_administrator(services, *tenant).await?;
    let reason = reason(given.as_deref().or(founding.then_some(FOUNDING)))?;
    create::execute(services, &visitor(caller, *tenant, reason), person).await
}

async fn has_no_administrator(services: &Services, tenant: TenantId) -> Result<bool, IdentityError> {
    let mut reader = services.database.read(Scope::tenant(tenant)).await?;
    let administrators = reader
        .people()
        .members_with_role(tenant, Role::TenantAdmin)
        .await?;
    Ok(administrators.is_empty())
}
