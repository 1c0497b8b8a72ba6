//! Opening days again for late entries.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{PlacementId, ReopeningId, TenantId},
    identity::permission::Permission,
    placement::{period::Period, refusal::PlacementRefusal, refusal::PlacementSeparation},
    text::Remark,
};
use ipt_ports::{UnitOfWork, engagement::Trail, logbook::Reopening};
use serde_json::json;

use super::{PlacementError, RequestViolation};
use crate::{
    Caller, Services,
    engagement::DaysReopened,
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
};

/// The most placements in one request.
pub const MAX_PLACEMENTS: usize = 100;

/// The most days in one request.
pub const MAX_DAYS: u32 = 366;

/// Which days of which placements are opened again.
#[derive(Clone, Debug)]
pub struct Command {
    /// The placements; one named twice counts once.
    pub placement_ids: Vec<PlacementId>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Why.
    pub reason: Option<String>,
}

/// Opens days again, for one student or many: all of them, or none. Each student is told.
///
/// # Errors
/// [`PlacementError::Denied`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.reopen_days", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Vec<Reopening>, PlacementError> {
    let tenant = caller.tenant_with(Permission::LogbookCoordinate)?;
    let mut ids = command.placement_ids.clone();
    ids.sort_unstable();
    ids.dedup();
    let mut broken = BrokenRules::default();
    let reason = check(command, ids.len(), &mut broken);
    let mut work = services.database.begin(caller.scope()).await?;
    if ids.len() <= MAX_PLACEMENTS {
        check_placements(work.as_mut(), caller, (tenant, &ids), &mut broken).await?;
    }
    broken.into_result()?;
    let Some(reason) = reason else {
        return Err(PlacementError::NotFound("placement"));
    };
    let now = services.clock.now();
    let mut opened = Vec::with_capacity(ids.len());
    for placement_id in ids {
        let reopening = Reopening {
            id: ReopeningId::new(services.ids.next()),
            tenant_id: tenant,
            placement_id,
            from: command.from,
            to: command.to,
            reason: reason.as_str().to_owned(),
            by: caller.user_id(),
            at: now,
        };
        let trail = record(services, caller, &reopening, now);
        work.logbook()
            .reopen_days(std::slice::from_ref(&reopening), &trail)
            .await?;
        opened.push(reopening);
    }
    let event = DaysReopened {
        by: caller.user_id(),
        reopenings: opened.iter().map(|reopening| reopening.id).collect(),
    };
    work.outbox()
        .enqueue(&[event.message(services, tenant, now)])
        .await?;
    work.commit().await?;
    Ok(opened)
}

/// Checks what needs no looking up, and gives the reason.
fn check(command: &Command, placements: usize, broken: &mut BrokenRules) -> Option<Remark> {
    if placements == 0 || placements > MAX_PLACEMENTS {
        broken.push(RequestViolation::NumberOfPlacements { max: MAX_PLACEMENTS });
    }
    match Period::new(command.from, command.to) {
        Err(_) => broken.push(RequestViolation::PeriodReversed { pointer: "/to" }),
        Ok(days) if days.days() > MAX_DAYS => broken.push(RequestViolation::TooManyDays { max: MAX_DAYS }),
        Ok(_) => {}
    }
    match Remark::parse(command.reason.as_deref()) {
        Ok(Some(reason)) => Some(reason),
        Ok(None) => {
            broken.push(RequestViolation::ReasonRequired);
            None
        }
        Err(error) => {
            broken.push(RequestViolation::Text {
                pointer: "/reason",
                error,
            });
            None
        }
    }
}

/// Each placement must be the institution's; nobody opens days of one's own.
async fn check_placements(
    work: &mut dyn UnitOfWork,
    caller: &Caller,
    (tenant, ids): (TenantId, &[PlacementId]),
    broken: &mut BrokenRules,
) -> Result<(), PlacementError> {
    let mut unknown = false;
    for id in ids {
        match work.placement().placement(*id).await?.map(|view| view.placement) {
            Some(placement) if placement.student_id() == caller.user_id() => {
                return Err(PlacementRefusal::from(PlacementSeparation::OwnPlacement).into());
            }
            Some(placement) if placement.tenant_id() == tenant => {}
            Some(_) | None => unknown = true,
        }
    }
    if unknown {
        broken.push(RequestViolation::PlacementUnknown);
    }
    Ok(())
}

/// The trail of days opened again on one placement.
fn record(services: &Services, caller: &Caller, reopening: &Reopening, at: Instant) -> Trail {
    let deed = Deed {
        action: "placement.reopen_days".into(),
        object_kind: "placement",
        object_id: reopening.placement_id.uuid(),
        tenant: Some(reopening.tenant_id),
        on_behalf_of: None,
        at,
        values: json!({ "from": reopening.from, "to": reopening.to, "reason": reopening.reason }),
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}
