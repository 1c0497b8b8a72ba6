//! What gives a person rights in an institution.

use crate::{
    Instant,
    actor::Actor,
    id::{MembershipId, OrganisationId, TenantId, UserId},
    identity::{
        permission::PermissionSet,
        role::{HeldRole, Role, Roles},
        tenant_role::FurtherRole,
    },
    version::Version,
};

/// Whether a membership gives its rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum MembershipStatus {
    /// It does.
    Active,
    /// An administrator of the institution has disabled it.
    Disabled,
}

impl MembershipStatus {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Disabled]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}

/// The roles of a person in one institution, and in one of the organisations that it works with or in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// The person.
    pub user_id: UserId,
    /// The institution; none for the deployment (a superadmin's).
    pub tenant_id: Option<TenantId>,
    /// The organisation, for roles in one.
    pub organisation_id: Option<OrganisationId>,
    /// The roles of the product, each once, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// The roles that the institution defines, each once, by their keys.
    pub further: Vec<FurtherRole>,
    /// Whether it gives its rights.
    pub status: MembershipStatus,
    /// When it was made.
    pub created_at: Instant,
    /// Its version.
    pub version: Version,
}

impl Membership {
    /// Whether it gives its rights.
    pub const fn is_active(&self) -> bool {
        matches!(self.status, MembershipStatus::Active)
    }

    /// What its roles permit together.
    pub fn permissions(&self) -> PermissionSet {
        let standard = Role::permissions_of(self.roles.iter().copied());
        let further = self.further.iter().map(|role| role.permissions);
        further.fold(standard, PermissionSet::union)
    }

    /// Its roles, as far as others are given by them.
    pub fn held(&self) -> impl Iterator<Item = HeldRole> {
        let standard = self
            .roles
            .iter()
            .map(|role| HeldRole::standard(*role, self.organisation_id));
        let further = self
            .further
            .iter()
            .map(|role| HeldRole::further(role, self.organisation_id));
        standard.chain(further)
    }

    /// Its roles.
    pub fn all_roles(&self) -> Roles<'_> {
        Roles {
            standard: &self.roles,
            further: &self.further,
        }
    }
}

/// The person behind `memberships`, acting in `tenant`. Disabled memberships give nothing; a superadmin acts in an
/// institution only when `entered` says that it was entered with a recorded reason.
pub fn actor(user: UserId, tenant: Option<TenantId>, memberships: &[Membership], entered: bool) -> Actor {
    let active = || memberships.iter().filter(|membership| membership.is_active());
    let mut grants: Vec<(TenantId, PermissionSet)> = Vec::new();
    let mut deployment = PermissionSet::EMPTY;
    for membership in active() {
        let permissions = membership.permissions();
        match membership.tenant_id {
            None => deployment = deployment.union(permissions),
            Some(held_in) => match grants.iter_mut().find(|(known, _)| *known == held_in) {
                Some((_, held)) => *held = held.union(permissions),
                None => grants.push((held_in, permissions)),
            },
        }
    }
    if let (Some(tenant), true) = (tenant, entered) {
        let as_visitor = active()
            .filter(|membership| membership.tenant_id.is_none())
            .flat_map(|membership| membership.roles.iter())
            .fold(PermissionSet::EMPTY, |all, role| {
                all.union(role.permissions_when_entered())
            });
        grants.push((tenant, as_visitor));
    }
    Actor::new(user, tenant, grants, deployment)
}
