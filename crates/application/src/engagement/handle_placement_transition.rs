//! A placement changed: the people concerned are told, in the application.

use ipt_domain::{
    id::UserId,
    placement::event::{PlacementEvent, PlacementEventKind as Kind},
};
use ipt_ports::{engagement::Message, placement::PlacementView};
use serde_json::json;

use super::{
    deliver::worker,
    failure::Failure,
    telling::{News, tell},
};
use crate::Services;

/// Tells the people concerned of a change.
pub(super) async fn execute(services: &Services, message: &Message) -> Result<(), Failure> {
    let event: PlacementEvent =
        serde_json::from_value(message.payload.clone()).map_err(|error| Failure::unreadable(&error))?;
    let mut work = services.database.begin(worker()).await?;
    if let (Some(kind), Some(view)) = (kind(&event.kind), work.placement().placement(event.placement_id).await?) {
        let news = News {
            kind,
            cause: event.id.uuid(),
            tenant_id: event.tenant_id,
            object: ("placement", event.placement_id.uuid()),
            values: json!({
                "student_name": view.student_name,
                "organisation": view.organisation_name,
                "programme": view.programme_name,
                "start_date": view.placement.period().start(),
                "end_date": view.placement.period().end(),
                "reason": event.reason.as_ref().map(|reason| reason.as_str()),
            }),
            by_mail: false,
            at: event.at,
        };
        tell(services, &mut *work, &concerned(&event, &view), &news).await?;
    }
    work.outbox().complete(message.id, services.clock.now()).await?;
    work.commit().await?;
    Ok(())
}

/// The kind of notification that a change leads to, if any.
const fn kind(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Proposed { .. } | Kind::Resubmitted => None,
        Kind::ChangesRequested => Some("placement_changes_requested"),
        Kind::Approved { .. } => Some("placement_approved"),
        Kind::Activated { .. } => Some("placement_activated"),
        Kind::Suspended { .. } => Some("placement_suspended"),
        Kind::Resumed => Some("placement_resumed"),
        Kind::Completed { .. } => Some("placement_completed"),
        Kind::Terminated { .. } => Some("placement_terminated"),
        Kind::Cancelled => Some("placement_cancelled"),
        Kind::Withdrawn => Some("placement_withdrawn"),
        Kind::Amended { .. } => Some("placement_amended"),
        Kind::SupervisorAssigned { .. } | Kind::SupervisorReplaced { .. } => Some("placement_supervisor_changed"),
        Kind::DelegateAppointed { .. } | Kind::DelegateDismissed { .. } => Some("placement_delegate_changed"),
    }
}

/// The student, the supervisors, and whoever lost or got a part; but for the person who did it.
fn concerned(event: &PlacementEvent, view: &PlacementView) -> Vec<UserId> {
    let placement = &view.placement;
    let mut people = vec![event.student_id];
    people.extend(placement.industrial_supervisor());
    people.extend(placement.university_supervisor());
    match &event.kind {
        Kind::SupervisorReplaced { predecessor, .. } => people.push(*predecessor),
        Kind::DelegateAppointed { delegate, .. } | Kind::DelegateDismissed { delegate, .. } => people.push(*delegate),
        Kind::Proposed { .. }
        | Kind::ChangesRequested
        | Kind::Resubmitted
        | Kind::Approved { .. }
        | Kind::Activated { .. }
        | Kind::Suspended { .. }
        | Kind::Resumed
        | Kind::Completed { .. }
        | Kind::Terminated { .. }
        | Kind::Cancelled
        | Kind::Withdrawn
        | Kind::Amended { .. }
        | Kind::SupervisorAssigned { .. } => {}
    }
    people.retain(|person| Some(*person) != event.by);
    people.sort_unstable();
    people.dedup();
    people
}
