//! The placements that concern a person.

use ipt_domain::{
    id::{OrganisationId, ProgrammeId, UserId},
    identity::permission::Permission,
    placement::state::PlacementStateName,
};
use ipt_ports::{
    logbook::Onlooker,
    page::{Page, PageRequest},
    placement::{PlacementFilter, PlacementSort},
};

use super::{ShownPlacement, scope};
use crate::{Caller, Services, placement::PlacementError};

/// Which placements are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// In one of these states; empty: in any.
    pub states: Vec<PlacementStateName>,
    /// Of this student.
    pub student_id: Option<UserId>,
    /// At this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of this programme.
    pub programme_id: Option<ProgrammeId>,
    /// With this supervisor, on either side.
    pub supervisor_id: Option<UserId>,
    /// The page.
    pub page: PageRequest<PlacementSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of placements, and how many there are if that was asked: one's own, those supervised, and for a coordinator
/// those of the institution.
///
/// # Errors
/// [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.placements.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: Command,
) -> Result<(Page<ShownPlacement>, Option<u64>), PlacementError> {
    let serves = !caller
        .actor
        .tenants_with(Permission::LogbookReviewIndustry)
        .is_empty();
    caller
        .tenant_with(Permission::PlacementRead)
        .map(drop)
        .or_else(|denied| if serves { Ok(()) } else { Err(denied) })?;
    let coordinates = caller.tenant_with(Permission::PlacementCoordinate).ok();
    let filter = PlacementFilter {
        onlooker: Onlooker {
            user_id: caller.user_id(),
            coordinates: coordinates.into_iter().collect(),
            now: services.clock.now(),
        },
        states: command.states,
        student_id: command.student_id,
        organisation_id: command.organisation_id,
        programme_id: command.programme_id,
        supervisor_id: command.supervisor_id,
    };
    let mut reader = services.database.read(scope(caller)).await?;
    let page = reader.placement().placement_page(&filter, &command.page).await?;
    let total = if command.count {
        Some(reader.placement().placement_count(&filter).await?)
    } else {
        None
    };
    Ok((page.map(|view| ShownPlacement::of(view, caller)), total))
}
