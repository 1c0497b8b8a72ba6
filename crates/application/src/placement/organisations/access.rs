//! Who sees an organisation, and in which capacity.

use ipt_domain::{
    id::{OrganisationId, TenantId},
    identity::{permission::Permission, role::Role},
    placement::organisation::OrganisationRelation,
};
use ipt_ports::{
    identity::PeopleReader,
    placement::{OrganisationView, PlacementReader},
};

use crate::{Caller, placement::PlacementError};

/// What a caller has to do with organisations in the institution acted in.
#[derive(Debug)]
pub(in crate::placement) struct Standing {
    /// The institution.
    pub(in crate::placement) tenant: TenantId,
    /// Whether the caller deals with organisations for the institution.
    pub(in crate::placement) staff: bool,
    /// The organisations to which the caller belongs.
    pub(in crate::placement) own: Vec<OrganisationId>,
    /// Those among them of which the caller is an administrator.
    administers: Vec<OrganisationId>,
}

impl Standing {
    /// The caller's standing.
    ///
    /// # Errors
    /// [`PlacementError::Denied`] for somebody who acts in no institution.
    pub(in crate::placement) async fn of(
        people: &mut dyn PeopleReader,
        caller: &Caller,
    ) -> Result<Self, PlacementError> {
        let tenant = caller.tenant_with(Permission::OrganisationRead)?;
        let staff = caller.actor.may(tenant, Permission::OrganisationVerify);
        let (mut own, mut administers) = (Vec::new(), Vec::new());
        for membership in people
            .memberships(caller.user_id())
            .await?
            .into_iter()
            .map(|view| view.membership)
        {
            let here = membership.is_active() && membership.tenant_id == Some(tenant);
            if let Some(organisation) = membership.organisation_id.filter(|_| here) {
                own.push(organisation);
                if membership.roles.contains(&Role::OrganisationAdmin) {
                    administers.push(organisation);
                }
            }
        }
        Ok(Self {
            tenant,
            staff,
            own,
            administers,
        })
    }

    /// Whether the caller keeps the organisation's own profile and sites.
    pub(in crate::placement) fn administers(&self, organisation: OrganisationId) -> bool {
        self.administers.contains(&organisation)
    }

    /// The organisation as the caller sees it: contacts and notes are for those who deal with it.
    pub(in crate::placement) fn shown(&self, view: OrganisationView) -> OrganisationView {
        if self.staff {
            return view;
        }
        OrganisationView {
            relation: view.relation.map(OrganisationRelation::without_remarks),
            ..view
        }
    }
}

/// An organisation that exists for the caller: one that the institution has a relation to, or the caller's own.
///
/// # Errors
/// [`PlacementError::NotFound`].
pub(in crate::placement) async fn find(
    placement: &mut dyn PlacementReader,
    standing: &Standing,
    id: OrganisationId,
) -> Result<OrganisationView, PlacementError> {
    let found = placement.organisation(id, Some(standing.tenant)).await?;
    found
        .filter(|view| view.relation.is_some() || standing.own.contains(&id))
        .ok_or(PlacementError::NotFound("organisation"))
}
