//! A placement went through a change: the people concerned are told.

use ipt_domain::{
    id::UserId,
    placement::{
        event::{PlacementEvent, PlacementEventKind},
        placement::Placement,
        state::PlacementStateName,
    },
    text::Remark,
};
use ipt_ports::{RepositoryError, UnitOfWork, engagement::Message};

use super::{Failure, begin, coordinators, finish, unreadable};
use crate::{
    Services,
    engagement::{
        Kind, facts,
        payload::About,
        tell::{Telling, tell},
    },
};

/// Tells those concerned, but not the person who acted.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    let event: PlacementEvent =
        serde_json::from_value(message.payload.clone()).map_err(|_| unreadable("event of a placement"))?;
    let mut work = begin(services).await?;
    if let Some((view, mut values)) = facts::of_placement(work.placement(), event.placement_id).await? {
        if let Some(values) = values.as_object_mut() {
            let reason = event.reason.as_ref().map(Remark::as_str);
            values.insert("reason".to_owned(), reason.into());
        }
        let telling = Telling {
            kind: kind_of(&event.kind),
            cause: event.id.uuid(),
            tenant: event.tenant_id,
            object: ("placement", event.placement_id.uuid()),
            values,
            about: About::Placement {
                placement_id: event.placement_id,
            },
            now: services.clock.now(),
        };
        let mut people = audience(work.as_mut(), &event, &view.placement).await?;
        people.retain(|person| Some(*person) != event.by);
        tell(services, work.as_mut(), &telling, &people).await?;
    }
    finish(services, work, message.id).await
}

/// The kind of notification for what happened.
const fn kind_of(kind: &PlacementEventKind) -> Kind {
    match kind {
        PlacementEventKind::Proposed { .. } | PlacementEventKind::Resubmitted => Kind::PlacementProposed,
        PlacementEventKind::ChangesRequested => Kind::PlacementChangesRequested,
        PlacementEventKind::Approved { .. } => Kind::PlacementApproved,
        PlacementEventKind::Activated { .. } => Kind::PlacementActivated,
        PlacementEventKind::Suspended { .. } => Kind::PlacementSuspended,
        PlacementEventKind::Resumed => Kind::PlacementResumed,
        PlacementEventKind::Completed { .. } => Kind::PlacementCompleted,
        PlacementEventKind::Terminated { .. } => Kind::PlacementTerminated,
        PlacementEventKind::Cancelled => Kind::PlacementCancelled,
        PlacementEventKind::Withdrawn => Kind::PlacementWithdrawn,
        PlacementEventKind::Amended { .. } => Kind::PlacementAmended,
        PlacementEventKind::SupervisorAssigned { .. } | PlacementEventKind::SupervisorReplaced { .. } => {
            Kind::PlacementSupervisorChanged
        }
        PlacementEventKind::DelegateAppointed { .. } | PlacementEventKind::DelegateDismissed { .. } => {
            Kind::PlacementDelegateChanged
        }
    }
}

/// Whom it concerns. Supervisors hear of a placement once a coordinator has agreed to it.
async fn audience(
    work: &mut dyn UnitOfWork,
    event: &PlacementEvent,
    placement: &Placement,
) -> Result<Vec<UserId>, RepositoryError> {
    let student = event.student_id;
    let agreed = !matches!(
        event.from.unwrap_or(event.to),
        PlacementStateName::Proposed | PlacementStateName::ChangesRequested
    );
    let supervisors = [
        placement.industrial_supervisor(),
        placement.university_supervisor(),
    ];
    let involved =
        |with: bool| std::iter::once(student).chain(supervisors.into_iter().flatten().filter(move |_| with));
    Ok(match &event.kind {
        PlacementEventKind::Proposed { .. } | PlacementEventKind::Resubmitted => {
            // One that a coordinator brings waits for nobody else.
            if event.by == Some(student) {
                coordinators(work, event.tenant_id).await?
            } else {
                vec![student]
            }
        }
        PlacementEventKind::ChangesRequested => vec![student],
        PlacementEventKind::Withdrawn => {
            let mut people = coordinators(work, event.tenant_id).await?;
            people.extend(involved(agreed));
            people
        }
        PlacementEventKind::Approved { .. } => involved(true).collect(),
        PlacementEventKind::Activated { .. }
        | PlacementEventKind::Suspended { .. }
        | PlacementEventKind::Resumed
        | PlacementEventKind::Completed { .. }
        | PlacementEventKind::Terminated { .. }
        | PlacementEventKind::Cancelled
        | PlacementEventKind::Amended { .. } => involved(agreed).collect(),
        PlacementEventKind::SupervisorAssigned { supervisor, .. } => {
            if agreed {
                vec![student, *supervisor]
            } else {
                vec![student]
            }
        }
        PlacementEventKind::SupervisorReplaced {
            predecessor,
            supervisor,
            ..
        } => {
            if agreed {
                vec![student, *predecessor, *supervisor]
            } else {
                vec![student]
            }
        }
        PlacementEventKind::DelegateAppointed { delegate, .. }
        | PlacementEventKind::DelegateDismissed { delegate, .. } => vec![*delegate],
    })
}
