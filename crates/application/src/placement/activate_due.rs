//! Placements that begin by themselves.

use chrono::TimeDelta;
use ipt_domain::{id::PlacementId, placement::delegation::Part, placement::supervisor::cap_of};
use ipt_ports::{RepositoryError, Scope, SystemScope, placement::SupervisorCaps};

use super::{PlacementError, placements::Changes};
use crate::Services;

/// How many placements are looked at in one round.
const ROUND: u32 = 500;

/// How far the earliest local day is ahead of UTC.
const EARLIEST_ZONE: TimeDelta = TimeDelta::hours(14);

/// Lets every placement begin whose first local day has come, approved and with both supervisors; how many did. Each has
/// its own unit of work, so that one that fails keeps no other from beginning. Asked again, it does nothing more.
///
/// # Errors
/// The database's, when it could not be asked at all.
#[tracing::instrument(name = "usecase.placement.activate_due", skip_all)]
pub async fn execute(services: &Services) -> Result<u32, PlacementError> {
    let latest = (services.clock.now() + EARLIEST_ZONE).date_naive();
    let mut reader = services.database.read(Scope::System(SystemScope::Worker)).await?;
    let due = reader.placement().to_activate(latest, ROUND).await?;
    drop(reader);
    let mut begun = 0;
    for id in due {
        match begin(services, id).await {
            Ok(true) => begun += 1,
            // Not yet that day at the workplace, or somebody else was faster: the next round looks again.
            Ok(false) | Err(PlacementError::Repository(RepositoryError::Stale)) => {}
            Err(error) => {
                tracing::error!(placement.id = %id, %error, "a placement that is due did not begin");
            }
        }
    }
    Ok(begun)
}

/// Lets one begin, if it is due by the calendar of its workplace.
async fn begin(services: &Services, id: PlacementId) -> Result<bool, PlacementError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let Some(found) = work.placement().placement_case(id).await? else {
        return Ok(false);
    };
    let now = services.clock.now();
    let today = found.case.workplace.calendar().local_date(now);
    let mut changes = Changes::of(found.case.placement);
    changes.begin_when_due(services, today, now);
    if changes.is_empty() {
        return Ok(false);
    }
    let caps = SupervisorCaps {
        industrial: cap_of(Part::Industrial, &found.case.policy),
        university: cap_of(Part::Academic, &found.case.policy),
    };
    changes.save(services, None, work.placement(), caps).await?;
    work.commit().await?;
    Ok(true)
}
