//! Who may give and take which role.

use std::borrow::Cow;

use crate::{
    id::{OrganisationId, TenantId, UserId},
    identity::{
        permission::Permission,
        role::Role,
        tenant_role::{FurtherRole, RoleName},
    },
};

/// A role that somebody holds in the institution of the change (or over the deployment), as far as roles are given by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    may_grant: Cow<'static, [Role]>,
    only_in: Reach,
}

/// Where a role lets its holder give others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In the whole institution.
    Everywhere,
    /// In the organisation of the membership; nowhere, where it has none.
    Organisation(Option<OrganisationId>),
}

impl HeldRole {
    /// A role of the product, held in `organisation` or in none.
    pub const fn standard(role: Role, organisation: Option<OrganisationId>) -> Self {
        Self {
            may_grant: Cow::Borrowed(role.may_grant()),
            only_in: if role.needs_organisation() {
                Reach::Organisation(organisation)
            } else {
                Reach::Everywhere
            },
        }
    }

    /// A role that an institution defines, held in `organisation` or in none.
    pub fn further(role: &FurtherRole, organisation: Option<OrganisationId>) -> Self {
        Self {
            may_grant: Cow::Owned(role.may_grant.clone()),
            only_in: organisation.map_or(Reach::Everywhere, |own| Reach::Organisation(Some(own))),
        }
    }

    /// The roles that it lets its holder give or take in a membership of `organisation`.
    fn grantable_in(&self, organisation: Option<OrganisationId>) -> &[Role] {
        match self.only_in {
            Reach::Everywhere => &self.may_grant,
            Reach::Organisation(Some(own)) if organisation == Some(own) => &self.may_grant,
            Reach::Organisation(_) => &[],
        }
    }
}

/// The roles of one membership.
#[derive(Clone, Copy, Debug, Default)]
pub struct Roles<'a> {
    /// Those of the product.
    pub standard: &'a [Role],
    /// Those that the institution defines.
    pub further: &'a [FurtherRole],
}

impl<'a> Roles<'a> {
    /// Roles of the product alone.
    pub const fn standard(standard: &'a [Role]) -> Self {
        Self {
            standard,
            further: &[],
        }
    }

    /// Those that are not among `others`: of the product, and of the institution.
    fn without(self, others: Self) -> (impl Iterator<Item = Role>, impl Iterator<Item = &'a FurtherRole>) {
        let standard = self.standard.iter().copied();
        let known = |role: &FurtherRole| others.further.iter().any(|other| other.id == role.id);
        (
            standard.filter(move |role| !others.standard.contains(role)),
            self.further.iter().filter(move |role| !known(role)),
        )
    }
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
    pub before: Roles<'a>,
    /// The roles held afterwards.
    pub after: Roles<'a>,
}

/// Why roles cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleChangeRefusal {
    /// Nobody changes the own roles.
    #[error("nobody changes the own roles")]
    OwnRoles,
    /// The acting person may not give or take this role, or not in this organisation.
    #[error("the role {role} is not yours to give or take here")]
    NotGrantable {
        /// The role.
        role: RoleName,
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

/// The roles of the product that somebody who holds `granter` may give or take in a membership of `organisation`. An
/// organisation's administrator may only in that very organisation.
fn grantable(granter: &[HeldRole], organisation: Option<OrganisationId>) -> impl Iterator<Item = Role> {
    granter
        .iter()
        .flat_map(move |held| held.grantable_in(organisation))
        .copied()
}

/// Whether somebody who holds `granter` may give or take `role` in a membership of `organisation`.
pub fn may_grant(granter: &[HeldRole], role: Role, organisation: Option<OrganisationId>) -> bool {
    grantable(granter, organisation).any(|own| own == role)
}

/// What a role that an institution defines has beyond what somebody who holds `granter` may give in a membership of
/// `organisation`: permissions of no role that the person may grant, and roles that the person may not grant.
pub fn excess(
    granter: &[HeldRole],
    role: &FurtherRole,
    organisation: Option<OrganisationId>,
) -> (Vec<Permission>, Vec<Role>) {
    let own = Role::permissions_of(grantable(granter, organisation));
    let beyond = role
        .permissions
        .iter()
        .filter(|permission| !own.contains(*permission));
    let roles = role.may_grant.iter().copied();
    (
        beyond.collect(),
        roles
            .filter(|role| !may_grant(granter, *role, organisation))
            .collect(),
    )
}

/// Whether somebody who holds `granter` may give or take a role that the institution defines: one that the person could
/// have defined too.
pub fn may_grant_further(
    granter: &[HeldRole],
    role: &FurtherRole,
    organisation: Option<OrganisationId>,
) -> bool {
    let (permissions, roles) = excess(granter, role, organisation);
    permissions.is_empty() && roles.is_empty()
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
    let (given, given_further) = change.after.without(change.before);
    let (taken, taken_further) = change.before.without(change.after);
    let touched: Vec<Role> = given.chain(taken).collect();
    let further: Vec<&FurtherRole> = given_further.chain(taken_further).collect();
    if !(touched.is_empty() && further.is_empty()) && actor == change.subject {
        return Err(RoleChangeRefusal::OwnRoles);
    }
    let organisation = change.organisation;
    let refused = touched
        .into_iter()
        .find(|role| !may_grant(granter, *role, organisation));
    let refused_further = further
        .into_iter()
        .find(|role| !may_grant_further(granter, role, organisation));
    if let Some(role) = refused
        .map(RoleName::Standard)
        .or_else(|| refused_further.map(|role| RoleName::Further(role.key.clone())))
    {
        return Err(RoleChangeRefusal::NotGrantable { role });
    }
    for role in change.after.standard.iter().copied() {
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
