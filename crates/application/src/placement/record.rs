//! The trails of changes about placements.

use ipt_domain::{
    id::{OrganisationId, ProgrammeId, SiteId, TenantId},
    placement::{
        action::PlacementAction,
        event::{PlacementEvent, PlacementEventKind},
        state::PlacementStateName,
    },
    text::Remark,
};
use ipt_ports::engagement::{Topic, Trail};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Caller, Origin, Services,
    trail::{Deed, Doer, message, trail},
};

/// On what something was done, besides placements.
#[derive(Clone, Copy, Debug)]
pub(super) enum Object {
    Programme(ProgrammeId),
    Organisation(OrganisationId),
    Site(SiteId),
}

impl Object {
    const fn kind(self) -> &'static str {
        match self {
            Self::Programme(_) => "programme",
            Self::Organisation(_) => "organisation",
            Self::Site(_) => "site",
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Programme(id) => id.uuid(),
            Self::Organisation(id) => id.uuid(),
            Self::Site(id) => id.uuid(),
        }
    }
}

/// The trail of a change of something besides placements.
pub(super) fn of(
    services: &Services,
    caller: &Caller,
    action: &'static str,
    (object, tenant): (Object, TenantId),
    values: Value,
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: object.kind(),
        object_id: object.id(),
        tenant: Some(tenant),
        on_behalf_of: None,
        at: services.clock.now(),
        values,
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

/// The trail of a change of a placement: its audit entry and its event. What came about by itself was done by nobody.
pub(super) fn of_event(services: &Services, caller: Option<&Caller>, event: &PlacementEvent) -> Trail {
    let deed = Deed {
        action: format!("placement.{}", action_of(&event.kind)).into(),
        object_kind: "placement",
        object_id: event.placement_id.uuid(),
        tenant: Some(event.tenant_id),
        on_behalf_of: None,
        at: event.at,
        values: json!({
            "from": event.from.map(PlacementStateName::as_str),
            "to": event.to.as_str(),
            "change": event.kind,
            "reason": event.reason.as_ref().map(Remark::as_str),
        }),
    };
    let told = message(
        event.id.uuid(),
        Some(event.tenant_id),
        Topic::PlacementTransition,
        json!(event),
        event.at,
    );
    let nobody = Origin::default();
    let doer = match caller {
        Some(caller) if event.by.is_some() => Doer::Caller(caller),
        Some(_) | None => Doer::system(&nobody),
    };
    trail(services, doer, deed, vec![told])
}

/// The action that left an event.
const fn action_of(kind: &PlacementEventKind) -> &'static str {
    use PlacementAction as A;
    let action = match kind {
        PlacementEventKind::Proposed { .. } => A::Propose,
        PlacementEventKind::ChangesRequested => A::RequestChanges,
        PlacementEventKind::Resubmitted => A::Resubmit,
        PlacementEventKind::Approved { .. } => A::Approve,
        PlacementEventKind::Activated { .. } => A::Activate,
        PlacementEventKind::Suspended { .. } => A::Suspend,
        PlacementEventKind::Resumed => A::Resume,
        PlacementEventKind::Completed { .. } => A::Complete,
        PlacementEventKind::Terminated { .. } => A::Terminate,
        PlacementEventKind::Cancelled => A::Cancel,
        PlacementEventKind::Withdrawn => A::Withdraw,
        PlacementEventKind::Amended { .. } => A::Amend,
        PlacementEventKind::SupervisorAssigned { .. } | PlacementEventKind::SupervisorReplaced { .. } => {
            A::AssignSupervisor
        }
        PlacementEventKind::DelegateAppointed { .. } => A::AppointDelegate,
        PlacementEventKind::DelegateDismissed { .. } => A::DismissDelegate,
    };
    action.as_str()
}
