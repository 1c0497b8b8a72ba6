//! How far a caller's rights over people reach.

use ipt_domain::{
    id::{OrganisationId, TenantId},
    identity::{
        membership::Membership,
        permission::Permission,
        role::{HeldRole, Role, RoleChangeRefusal, may_grant, may_grant_further},
        tenant_role::RoleName,
    },
};
use ipt_ports::identity::{MembershipView, PeopleReader};

use crate::{Caller, identity::IdentityError};

/// The people that a caller may look at or change: those of the institution, or of the caller's own organisations in it.
#[derive(Debug)]
pub(in crate::identity) struct Reach {
    /// The institution.
    pub(super) tenant: TenantId,
    /// The organisations; none: the whole institution.
    pub(super) organisations: Option<Vec<OrganisationId>>,
    /// The roles that the caller holds here, by which roles are given.
    held: Vec<HeldRole>,
}

impl Reach {
    /// How far the caller reaches. `permission` is what the whole institution takes: reading or managing people.
    pub(super) async fn of(
        people: &mut dyn PeopleReader,
        caller: &Caller,
        permission: Permission,
    ) -> Result<Self, IdentityError> {
        let tenant = caller.tenant_id().ok_or(IdentityError::denied(permission))?;
        let whole = caller.actor.may(tenant, permission);
        if !whole && !caller.actor.may(tenant, Permission::UserManageInOrganisation) {
            return Err(IdentityError::denied(permission));
        }
        let memberships = people.memberships(caller.user_id()).await?;
        let here: Vec<Membership> = memberships
            .into_iter()
            .map(|view| view.membership)
            .filter(|membership| membership.is_active() && membership.tenant_id == Some(tenant))
            .collect();
        let organisations = (!whole).then(|| administered(&here));
        Ok(Self {
            tenant,
            organisations,
            held: held(caller, &here),
        })
    }

    /// Whether a membership lies within reach.
    pub(super) fn covers(&self, membership: &Membership) -> bool {
        membership.tenant_id == Some(self.tenant)
            && match (&self.organisations, membership.organisation_id) {
                (None, _) => true,
                (Some(own), Some(organisation)) => own.contains(&organisation),
                (Some(_), None) => false,
            }
    }

    /// Those of the memberships that are shown.
    pub(super) fn shown(&self, memberships: Vec<MembershipView>) -> Vec<MembershipView> {
        memberships
            .into_iter()
            .filter(|view| self.covers(&view.membership))
            .collect()
    }

    /// The roles that the caller holds here.
    pub(super) fn held(&self) -> &[HeldRole] {
        &self.held
    }

    /// Checks that the caller may take away each role of these memberships, which are another person's: whoever may not
    /// give a role does not end it either.
    pub(super) fn check_over(&self, memberships: &[Membership]) -> Result<(), IdentityError> {
        for membership in memberships {
            let organisation = membership.organisation_id;
            let standard = membership
                .roles
                .iter()
                .find(|role| !may_grant(&self.held, **role, organisation));
            let mut further = membership.further.iter();
            let further = further.find(|role| !may_grant_further(&self.held, role, organisation));
            let refused = standard
                .map(|role| RoleName::Standard(*role))
                .or_else(|| further.map(|role| RoleName::Further(role.key.clone())));
            if let Some(role) = refused {
                return Err(IdentityError::Roles(RoleChangeRefusal::NotGrantable { role }));
            }
        }
        Ok(())
    }
}

/// The organisations of which the caller is an administrator.
fn administered(here: &[Membership]) -> Vec<OrganisationId> {
    here.iter()
        .filter(|membership| {
            membership
                .permissions()
                .contains(Permission::UserManageInOrganisation)
        })
        .filter_map(|membership| membership.organisation_id)
        .collect()
}

/// The roles held here. Whoever has entered the institution for a reason keeps the deployment, and acts as that.
pub(in crate::identity) fn held(caller: &Caller, here: &[Membership]) -> Vec<HeldRole> {
    if caller.entered_for.is_some() {
        return vec![HeldRole::standard(Role::Superadmin, None)];
    }
    here.iter().flat_map(Membership::held).collect()
}
