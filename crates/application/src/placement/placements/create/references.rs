//! The things that a proposal names.

use ipt_domain::{
    id::{OrganisationId, SiteId, TenantId, UserId},
    identity::role::Role,
    placement::{programme::Programme, site::Site},
    tenancy::calendar::WorkingCalendar,
};
use ipt_ports::{UnitOfWork, placement::PlacementReader};

use super::Command;
use crate::{
    placement::{PlacementError, RequestViolation},
    rules::BrokenRules,
};

/// The things that a proposal names, as they are stored.
pub(super) struct References {
    pub(super) programme: Programme,
    pub(super) site: Option<Site>,
    pub(super) organisation_verified: bool,
    pub(super) institution: WorkingCalendar,
}

impl References {
    /// Reads them. What does not exist in the institution is among the broken rules; then there is none.
    pub(super) async fn read(
        work: &mut dyn UnitOfWork,
        tenant: TenantId,
        student: UserId,
        command: &Command,
        broken: &mut BrokenRules,
    ) -> Result<Option<Self>, PlacementError> {
        let institution = work.tenancy().institution(tenant).await?;
        let institution = institution.ok_or(PlacementError::NotFound("tenant"))?;
        if !is_student(work, tenant, student).await? {
            broken.push(RequestViolation::StudentUnknown);
        }
        let programme = work.placement().programme(command.programme_id).await?;
        let programme = programme.filter(|programme| programme.tenant_id() == tenant);
        let programme = broken.keep(programme.ok_or(RequestViolation::ProgrammeUnknown));
        let organisation = work
            .placement()
            .organisation(command.organisation_id, Some(tenant))
            .await?;
        let relation = organisation.and_then(|view| view.relation);
        let relation = broken.keep(relation.ok_or(RequestViolation::OrganisationUnknown));
        let site = match command.site_id {
            Some(id) => site_of(work.placement(), command.organisation_id, id).await?,
            None => None,
        };
        if command.site_id.is_some() && site.is_none() {
            broken.push(RequestViolation::SiteUnknown);
        }
        let (Some(programme), Some(relation)) = (programme, relation) else {
            return Ok(None);
        };
        Ok(Some(Self {
            programme,
            site,
            organisation_verified: relation.is_verified(),
            institution: institution.calendar().clone(),
        }))
    }
}

/// Whether the person is a student of the institution.
async fn is_student(
    work: &mut dyn UnitOfWork,
    tenant: TenantId,
    student: UserId,
) -> Result<bool, PlacementError> {
    let found = work.people().user(student).await?;
    let memberships = found
        .into_iter()
        .filter(|view| !view.account.is_disabled())
        .flat_map(|view| view.memberships);
    Ok(memberships.into_iter().map(|view| view.membership).any(|held| {
        held.is_active() && held.tenant_id == Some(tenant) && held.roles.contains(&Role::Student)
    }))
}

/// A site of the organisation that is shared or the institution's own.
pub(in crate::placement::placements) async fn site_of(
    placement: &mut dyn PlacementReader,
    organisation: OrganisationId,
    id: SiteId,
) -> Result<Option<Site>, PlacementError> {
    let site = placement.site(id).await?;
    Ok(site.filter(|site| site.organisation_id() == organisation))
}
