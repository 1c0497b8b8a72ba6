//! Who may give and take which role.

use crate::{
    id::{OrganisationId, TenantId, UserId},
    identity::role::Role,
};

/// A role that somebody holds in the institution of the change (or over the deployment).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// The organisation of the membership, where it has one.
    pub organisation: Option<OrganisationId>,
}

/// Roles to be given to, or taken from, one person's membership.
#[derive(Clone, Copy, Debug)]
pub struct RoleChange<'a> {
    /// Whose roles change.
    pub subject: UserId,
    /// The institution of the membership; none over the deployment.
    pub tenant: Option<TenantId>,
    /// The organisation of the membership, where it has one.
    pub organisation: Option<OrganisationId>,
    /// The roles held before.
    pub before: &'a [Role],
    /// The roles held afterwards.
    pub after: &'a [Role],
}

/// Why roles cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleChangeRefusal {
    /// Nobody changes the own roles.
    #[error("nobody changes the own roles")]
    OwnRoles,
    /// The acting person may not give or take this role, or not in this organisation.
    #[error("the role {role} is not yours to give or take here")]
    NotGrantable {
        /// The role.
        role: Role,
    },
    /// The role is held over the deployment and not in an institution, or the other way round.
    #[error("the role {role} is not held there")]
    Misplaced {
        /// The role.
        role: Role,
    },
    /// The role is held in an organisation, and none is named.
    #[error("the role {role} is held in an organisation, which must be named")]
    OrganisationRequired {
        /// The role.
        role: Role,
    },
}

impl RoleChangeRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OwnRoles => "own_roles",
            Self::NotGrantable { .. } => "role_not_grantable",
            Self::Misplaced { .. } => "role_misplaced",
            Self::OrganisationRequired { .. } => "organisation_required",
        }
    }
}

/// Whether somebody who holds `granter` may give or take `role` in a membership of `organisation`. An organisation's
/// administrator may only in that very organisation.
pub fn may_grant(granter: &[HeldRole], role: Role, organisation: Option<OrganisationId>) -> bool {
    granter.iter().any(|held| {
        let in_reach = !held.role.needs_organisation()
            || (held.organisation.is_some() && held.organisation == organisation);
        in_reach && held.role.may_grant().contains(&role)
    })
}

/// Checks a change of roles by `actor`, who holds `granter`. A change that changes nothing is nobody's business, and
/// passes.
///
/// # Errors
/// [`RoleChangeRefusal`]: the first that applies.
pub fn check_role_change(
    actor: UserId,
    granter: &[HeldRole],
    change: RoleChange<'_>,
) -> Result<(), RoleChangeRefusal> {
    let given = change.after.iter().filter(|role| !change.before.contains(role));
    let taken = change.before.iter().filter(|role| !change.after.contains(role));
    let touched: Vec<Role> = given.chain(taken).copied().collect();
    if !touched.is_empty() && actor == change.subject {
        return Err(RoleChangeRefusal::OwnRoles);
    }
    if let Some(role) = touched
        .into_iter()
        .find(|role| !may_grant(granter, *role, change.organisation))
    {
        return Err(RoleChangeRefusal::NotGrantable { role });
    }
    for role in change.after.iter().copied() {
        if role.is_of_deployment() != change.tenant.is_none() {
            return Err(RoleChangeRefusal::Misplaced { role });
        }
        if role.needs_organisation() && change.organisation.is_none() {
            return Err(RoleChangeRefusal::OrganisationRequired { role });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
