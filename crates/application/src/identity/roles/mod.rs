//! Roles that an institution defines, of the same permissions as the product's own.
//!
//! A role never has more than its maker may give, and nobody changes a role that is one's own.

pub mod create;
pub mod get;
pub mod list;
pub mod remove;
pub mod update;

use ipt_domain::{
    id::TenantId,
    identity::{
        permission::Permission,
        role::{HeldRole, Role, RoleChangeRefusal, excess},
        tenant_role::{FurtherRole, TenantRole, TenantRoleError},
    },
};
use ipt_ports::{UnitOfWork, engagement::Trail};
use serde_json::{Value, json};

use super::{IdentityError, IdentityViolation, users::held_here};
use crate::{
    Caller, Services,
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
};

/// What the caller may give in the institution, by the roles that the caller holds there.
struct Maker {
    tenant: TenantId,
    held: Vec<HeldRole>,
    own: Vec<FurtherRole>,
}

impl Maker {
    /// The caller, who may change the institution.
    async fn of(work: &mut dyn UnitOfWork, caller: &Caller) -> Result<Self, IdentityError> {
        let tenant = caller.tenant_with(Permission::TenantManage)?;
        let memberships = work.people().memberships(caller.user_id()).await?;
        let here: Vec<_> = memberships
            .into_iter()
            .map(|view| view.membership)
            .filter(|membership| membership.is_active() && membership.tenant_id == Some(tenant))
            .collect();
        Ok(Self {
            tenant,
            held: held_here(caller, &here),
            own: here
                .into_iter()
                .flat_map(|membership| membership.further)
                .collect(),
        })
    }

    /// Checks that a role is the caller's to make, to change and to remove: it has nothing that the caller may not give, and
    /// the caller does not hold it.
    fn check(&self, role: &FurtherRole) -> Result<(), IdentityError> {
        if self.own.iter().any(|own| own.id == role.id) {
            return Err(IdentityError::Roles(RoleChangeRefusal::OwnRoles));
        }
        let (permissions, roles) = excess(&self.held, role, None);
        if permissions.is_empty() && roles.is_empty() {
            Ok(())
        } else {
            Err(IdentityError::RoleExceeds { permissions, roles })
        }
    }
}

/// The broken rules of a definition.
fn broken(errors: Vec<TenantRoleError>) -> BrokenRules {
    let mut broken = BrokenRules::default();
    broken.extend(errors.into_iter().map(IdentityViolation::RoleDefinition));
    broken
}

/// The trail of a change of a role.
fn record(
    services: &Services,
    caller: &Caller,
    action: &'static str,
    role: &TenantRole,
    values: Value,
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: "role",
        object_id: role.role.id.uuid(),
        tenant: Some(role.tenant_id),
        on_behalf_of: None,
        at: services.clock.now(),
        values,
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

/// A role, as it stands in the trail.
fn values(role: &TenantRole) -> Value {
    json!({
        "key": role.role.key.as_str(),
        "name": role.name,
        "permissions": role.role.permissions.iter().map(Permission::as_str).collect::<Vec<_>>(),
        "may_grant": role.role.may_grant.iter().copied().map(Role::as_str).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
