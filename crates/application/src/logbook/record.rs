//! The trail of a change of an entry.

use std::borrow::Cow;

use ipt_domain::{
    logbook::{
        decision::{Decision, Deletion},
        entry::LogEntry,
        event::LogEvent,
        hours::WorkedHours,
        state::StateName,
    },
    text::Remark,
};
use ipt_ports::engagement::{Topic, Trail};
use serde_json::{Value, json};

use crate::{
    Caller, Services,
    trail::{Deed, Doer, message, trail},
};

/// The trail of a transition: its audit entry and its event.
pub(super) fn of_decision(services: &Services, caller: &Caller, decision: &Decision) -> Trail {
    let values = json!({
        "from": decision.review.from.map(StateName::as_str),
        "to": decision.review.to.as_str(),
        "revision": decision.review.revision,
        "way": decision.review.way.as_str(),
        "comments": decision.review.comments.as_ref().map(Remark::as_str),
        "hours_confirmed": decision.review.hours_confirmed.map(WorkedHours::as_hours),
    });
    of_event(services, caller, &decision.event, values)
}

/// The trail of a deletion.
pub(super) fn of_deletion(services: &Services, caller: &Caller, deletion: &Deletion) -> Trail {
    of_event(services, caller, &deletion.event, Value::Null)
}

/// The trail of an edit, which is no transition and leaves no event.
pub(super) fn of_edit(services: &Services, caller: &Caller, entry: &LogEntry) -> Trail {
    let deed = Deed {
        action: Cow::Borrowed("logbook.edit"),
        object_kind: "log_entry",
        object_id: entry.id().uuid(),
        tenant: Some(entry.tenant_id()),
        on_behalf_of: None,
        at: entry.updated_at(),
        values: json!({ "revision": entry.revision() }),
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

fn of_event(services: &Services, caller: &Caller, event: &LogEvent, values: Value) -> Trail {
    let deed = Deed {
        action: Cow::Owned(format!("logbook.{}", event.action)),
        object_kind: "log_entry",
        object_id: event.entry_id.uuid(),
        tenant: Some(event.tenant_id),
        on_behalf_of: event.by.on_behalf_of,
        at: event.at,
        values,
    };
    let told = message(
        event.id.uuid(),
        Some(event.tenant_id),
        Topic::LogTransition,
        payload(event),
        event.at,
    );
    trail(services, Doer::Caller(caller), deed, vec![told])
}

/// The event as its handler reads it.
fn payload(event: &LogEvent) -> Value {
    json!({
        "id": event.id,
        "tenant_id": event.tenant_id,
        "entry_id": event.entry_id,
        "placement_id": event.placement_id,
        "student_id": event.student_id,
        "action": event.action,
        "from": event.from,
        "to": event.to,
        "revision": event.revision,
        "by": event.by,
        "at": event.at,
    })
}
