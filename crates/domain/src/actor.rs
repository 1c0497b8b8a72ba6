//! The acting person.

use crate::{
    id::{TenantId, UserId},
    identity::permission::{Permission, PermissionSet},
};

/// Who acts: a signed-in person, the institution in which the person acts now, and what the person may do where.
///
/// A person can hold rights in several institutions (an industrial supervisor serves many), so permissions are kept
/// per institution. A permission alone never suffices: each use case checks the relation to the data as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    user_id: UserId,
    tenant_id: Option<TenantId>,
    grants: Vec<(TenantId, PermissionSet)>,
    deployment: PermissionSet,
}

impl Actor {
    /// A person acting in `tenant_id` (none: in the deployment as a whole), with the permissions held in each
    /// institution, and those over the deployment.
    pub fn new(
        user_id: UserId,
        tenant_id: Option<TenantId>,
        grants: Vec<(TenantId, PermissionSet)>,
        deployment: PermissionSet,
    ) -> Self {
        Self {
            user_id,
            tenant_id,
            grants,
            deployment,
        }
    }

    /// The person.
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The institution in which the person acts now.
    pub const fn tenant_id(&self) -> Option<TenantId> {
        self.tenant_id
    }

    /// Whether the person holds `permission` in `tenant`.
    pub fn may(&self, tenant: TenantId, permission: Permission) -> bool {
        self.grants
            .iter()
            .any(|(held_in, held)| *held_in == tenant && held.contains(permission))
    }

    /// Whether the person acts in `tenant` now, or has rights there.
    pub fn belongs_to(&self, tenant: TenantId) -> bool {
        self.tenant_id == Some(tenant) || self.grants.iter().any(|(held_in, _)| *held_in == tenant)
    }

    /// The same person acting in `tenant`, which was entered for a reason, with these permissions there.
    #[must_use]
    pub fn visiting(&self, tenant: TenantId, permissions: PermissionSet) -> Self {
        Self {
            user_id: self.user_id,
            tenant_id: Some(tenant),
            grants: vec![(tenant, permissions)],
            deployment: self.deployment,
        }
    }

    /// Whether the person holds `permission` over the deployment.
    pub fn may_over_deployment(&self, permission: Permission) -> bool {
        self.deployment.contains(permission)
    }

    /// All permissions held in the institution in which the person acts now, and over the deployment.
    pub fn permissions_here(&self) -> PermissionSet {
        self.grants
            .iter()
            .filter(|(held_in, _)| Some(*held_in) == self.tenant_id)
            .fold(self.deployment, |all, (_, held)| all.union(*held))
    }

    /// Whether the person holds `permission` in the institution in which the person acts now.
    pub fn may_here(&self, permission: Permission) -> bool {
        self.tenant_id.is_some_and(|tenant| self.may(tenant, permission))
    }

    /// The institutions in which the person holds `permission`, each once.
    pub fn tenants_with(&self, permission: Permission) -> Vec<TenantId> {
        let mut tenants: Vec<_> = self
            .grants
            .iter()
            .filter(|(_, held)| held.contains(permission))
            .map(|(tenant, _)| *tenant)
            .collect();
        tenants.sort_unstable();
        tenants.dedup();
        tenants
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::identity::role::Role;

    const fn tenant(number: u128) -> TenantId {
        TenantId::new(Uuid::from_u128(number))
    }

    fn of(role: Role) -> PermissionSet {
        role.permissions()
    }

    /// A coordinator of the first institution and a student of the second, acting in the first.
    fn person() -> Actor {
        let grants = vec![(tenant(1), of(Role::Coordinator)), (tenant(2), of(Role::Student))];
        Actor::new(
            UserId::new(Uuid::from_u128(7)),
            Some(tenant(1)),
            grants,
            PermissionSet::EMPTY,
        )
    }

    #[test]
    fn what_a_person_may_here_is_what_is_held_in_the_institution_acted_in() {
        let person = person();
        assert_eq!(person.tenant_id(), Some(tenant(1)));
        assert!(person.may_here(Permission::UserManage) && !person.may_here(Permission::LogbookWrite));
        assert_eq!(person.permissions_here(), of(Role::Coordinator));
        assert!(person.may(tenant(2), Permission::LogbookWrite));
        assert!(!person.may(tenant(2), Permission::UserManage));
        assert!(!person.may(tenant(3), Permission::UserManage));
        let nowhere = Actor::new(person.user_id(), None, person.grants, PermissionSet::EMPTY);
        assert!(!nowhere.may_here(Permission::UserManage));
        assert_eq!(nowhere.permissions_here(), PermissionSet::EMPTY);
    }

    #[test]
    fn rights_over_the_deployment_are_rights_in_no_institution() {
        let keeper = Actor::new(
            UserId::new(Uuid::from_u128(8)),
            None,
            Vec::new(),
            of(Role::Superadmin),
        );
        assert!(keeper.may_over_deployment(Permission::TenantManageAll));
        assert!(!person().may_over_deployment(Permission::UserManage));
        assert!(
            !keeper.may(tenant(1), Permission::TenantManageAll) && !keeper.may_here(Permission::AuditRead)
        );
        assert_eq!(keeper.permissions_here(), of(Role::Superadmin));
        let inside = keeper.visiting(tenant(1), of(Role::TenantAdmin));
        assert!(inside.may_here(Permission::TenantManage) && !inside.belongs_to(tenant(2)));
    }

    #[test]
    fn institutions_are_told_once_and_only_those_with_the_permission() {
        let mut person = person();
        person.grants.push((tenant(2), of(Role::IndustrialSupervisor)));
        person.grants.push((tenant(2), of(Role::IndustrialSupervisor)));
        person.grants.push((tenant(1), of(Role::IndustrialSupervisor)));
        let review = Permission::LogbookReviewIndustry;
        assert_eq!(person.tenants_with(review), [tenant(1), tenant(2)]);
        assert_eq!(person.tenants_with(Permission::LogbookWrite), [tenant(2)]);
        assert_eq!(person.tenants_with(Permission::TenantManageAll), []);
    }
}
