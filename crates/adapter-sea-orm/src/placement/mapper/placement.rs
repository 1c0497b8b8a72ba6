//! Between rows and placements.

use ipt_domain::{
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        event::PlacementEvent,
        mode::Mode,
        period::Period,
        placement::{Placement, PlacementParts},
        policy::PolicyVersion,
        state::{PlacementState, PlacementStateName},
    },
    text::Remark,
};
use ipt_ports::RepositoryError;

use crate::{
    cells::{Cells, to_json},
    number,
    placement::{event_row, placement_row},
};

/// A placement from its row.
pub(crate) fn placement(mut row: placement_row::Model) -> Result<Placement, RepositoryError> {
    let cells = Cells::of("placement", row.id);
    let state = state(&cells, &mut row)?;
    let period = Period::new(row.start_date, row.end_date)
        .map_err(|_| cells.damaged("end_date", "the period ends before it starts"))?;
    Ok(Placement::from_parts(PlacementParts {
        id: PlacementId::new(row.id),
        tenant_id: TenantId::new(row.tenant_id),
        student_id: UserId::new(row.student_id),
        programme_id: ProgrammeId::new(row.programme_id),
        policy_version: PolicyVersion::new(cells.count("policy_version", row.policy_version)?),
        organisation_id: OrganisationId::new(row.organisation_id),
        site_id: row.site_id.map(SiteId::new),
        mode: cells.named("mode", &row.mode, Mode::from_name)?,
        continues: row.continues_id.map(PlacementId::new),
        period,
        industrial_supervisor: row.industrial_supervisor_id.map(UserId::new),
        university_supervisor: row.university_supervisor_id.map(UserId::new),
        relationship_declared: cells.remark("relationship_declared", row.relationship_declared)?,
        state,
        version: cells.version(row.version)?,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })?)
}

fn state(cells: &Cells, row: &mut placement_row::Model) -> Result<PlacementState, RepositoryError> {
    let name = cells.named("state", &row.state, PlacementStateName::from_name)?;
    let reason = cells.remark("reason", row.reason.take())?;
    let active_since = || cells.needed("active_since", row.active_since);
    Ok(match name {
        PlacementStateName::Proposed => PlacementState::Proposed,
        PlacementStateName::ChangesRequested => PlacementState::ChangesRequested {
            reason: cells.needed("reason", reason)?,
        },
        PlacementStateName::Approved => PlacementState::Approved,
        PlacementStateName::Active => PlacementState::Active {
            since: active_since()?,
        },
        PlacementStateName::Suspended => PlacementState::Suspended {
            active_since: active_since()?,
            since: cells.needed("suspended_since", row.suspended_since)?,
            reason: cells.needed("reason", reason)?,
        },
        PlacementStateName::Completed => PlacementState::Completed {
            active_since: active_since()?,
            on: cells.needed("completed_on", row.completed_on)?,
        },
        PlacementStateName::Terminated => PlacementState::Terminated {
            active_since: row.active_since,
            effective: cells.needed("effective_date", row.effective_date)?,
            reason: cells.needed("reason", reason)?,
        },
        PlacementStateName::Cancelled => PlacementState::Cancelled { reason },
        PlacementStateName::Withdrawn => PlacementState::Withdrawn { reason },
    })
}

/// The row of a placement.
pub(crate) fn row(placement: &Placement) -> placement_row::Model {
    let state = placement.state();
    let (mut suspended_since, mut completed_on, mut effective_date) = (None, None, None);
    let mut reason: Option<&Remark> = None;
    match state {
        PlacementState::Proposed | PlacementState::Approved | PlacementState::Active { .. } => {}
        PlacementState::ChangesRequested { reason: why } => reason = Some(why),
        PlacementState::Suspended {
            since, reason: why, ..
        } => {
            (suspended_since, reason) = (Some(*since), Some(why));
        }
        PlacementState::Completed { on, .. } => completed_on = Some(*on),
        PlacementState::Terminated {
            effective,
            reason: why,
            ..
        } => {
            (effective_date, reason) = (Some(*effective), Some(why));
        }
        PlacementState::Cancelled { reason: why } | PlacementState::Withdrawn { reason: why } => {
            reason = why.as_ref();
        }
    }
    placement_row::Model {
        id: placement.id().uuid(),
        tenant_id: placement.tenant_id().uuid(),
        student_id: placement.student_id().uuid(),
        programme_id: placement.programme_id().uuid(),
        policy_version: number::stored(placement.policy_version().number()),
        organisation_id: placement.organisation_id().uuid(),
        site_id: placement.site_id().map(SiteId::uuid),
        mode: placement.mode().as_str().to_owned(),
        continues_id: placement.continues().map(PlacementId::uuid),
        start_date: placement.period().start(),
        end_date: placement.period().end(),
        industrial_supervisor_id: placement.industrial_supervisor().map(UserId::uuid),
        university_supervisor_id: placement.university_supervisor().map(UserId::uuid),
        relationship_declared: placement.relationship_declared().map(ToString::to_string),
        state: state.name().as_str().to_owned(),
        active_since: placement.active_since(),
        suspended_since,
        completed_on,
        effective_date,
        reason: reason.map(ToString::to_string),
        created_at: placement.created_at(),
        updated_at: placement.updated_at(),
        version: number::stored_version(placement.version()),
    }
}

/// The row of an event.
pub(crate) fn event_row(event: &PlacementEvent) -> Result<event_row::Model, RepositoryError> {
    Ok(event_row::Model {
        id: event.id.uuid(),
        tenant_id: event.tenant_id.uuid(),
        placement_id: event.placement_id.uuid(),
        name: event.name().to_owned(),
        detail: to_json(&event.kind)?,
        from_state: event.from.map(|state| state.as_str().to_owned()),
        to_state: event.to.as_str().to_owned(),
        by_id: event.by.map(UserId::uuid),
        at: event.at,
        reason: event.reason.as_ref().map(ToString::to_string),
        version: number::stored_version(event.version),
    })
}
