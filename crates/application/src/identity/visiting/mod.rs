//! Looking into an institution without being a member of it: only by somebody who keeps the deployment, and only with a
//! reason, which each audit record of the look tells.
//!
//! [`switch_tenant`](super::switch_tenant) enters an institution for a whole session; what is here serves one request.

pub mod add_user;
pub mod list_users;

use ipt_domain::{
    id::TenantId,
    identity::{permission::Permission, role::Role},
    text::Remark,
};
use ipt_ports::Scope;

use super::{IdentityError, IdentityViolation};
use crate::{Caller, Services, rules::BrokenRules};

/// A reason, as it was given.
///
/// # Errors
/// Without one that can be seen.
pub(super) fn reason(given: Option<&str>) -> Result<Remark, IdentityError> {
    match Remark::parse(given) {
        Ok(Some(reason)) => Ok(reason),
        Ok(None) => Err(BrokenRules::one(IdentityViolation::ReasonRequired).into()),
        Err(error) => Err(BrokenRules::one(IdentityViolation::Reason(error)).into()),
    }
}

/// Checks that there is such an institution for the caller, who keeps the deployment.
///
/// # Errors
/// [`IdentityError::TenantNotFound`]; [`IdentityError::Denied`] for members of the institution who do not keep the
/// deployment.
async fn check(services: &Services, caller: &Caller, tenant: TenantId) -> Result<(), IdentityError> {
    if !caller.actor.may_over_deployment(Permission::TenantManageAll) {
        let own = caller.actor.belongs_to(tenant);
        return Err(if own {
            IdentityError::denied(Permission::TenantManageAll)
        } else {
            IdentityError::TenantNotFound
        });
    }
    let mut reader = services.database.read(Scope::tenant(tenant)).await?;
    let found = reader.tenancy().institution(tenant).await?;
    found.map(drop).ok_or(IdentityError::TenantNotFound)
}

/// Whether the caller's session is in the institution already, so that its reason, if it needs one, is recorded.
fn is_inside(caller: &Caller, tenant: TenantId) -> bool {
    caller.tenant_id() == Some(tenant) && caller.actor.may_here(Permission::UserRead)
}

/// The caller in an institution for the length of a request.
fn visitor(caller: &Caller, tenant: TenantId, reason: Remark) -> Caller {
    Caller {
        actor: caller
            .actor
            .visiting(tenant, Role::Superadmin.permissions_when_entered()),
        entered_for: Some(reason),
        ..caller.clone()
    }
}
