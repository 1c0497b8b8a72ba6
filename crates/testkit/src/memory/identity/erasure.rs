//! Erasing what is kept of a person beside the account.

use ipt_domain::{
    audit::record::AuditRecord,
    id::{PlacementId, UserId},
    identity::{lockout::Lockout, name::PersonName},
};
use serde_json::Value;
use uuid::Uuid;

use crate::memory::{state::State, unit_of_work::MemoryUnitOfWork};

impl MemoryUnitOfWork {
    /// See the port.
    pub(super) fn erase(&mut self, user: UserId, name: &PersonName, replacement: &PersonName) {
        let state = self.change();
        let about: Vec<_> = state
            .records
            .values()
            .filter(|record| is_about(state, record, user))
            .map(|record| record.id)
            .collect();
        state.details.retain(|record, _| !about.contains(record));
        let gone: Vec<_> = state
            .sessions
            .values()
            .filter(|session| session.user_id == user)
            .map(|session| session.id)
            .collect();
        state.sessions.retain(|id, _| !gone.contains(id));
        state.tokens.retain(|_, token| !gone.contains(&token.session_id));
        state.devices.retain(|(of, _), _| *of != user);
        if let Some(known) = state.accounts.get_mut(&user) {
            known.account.last_tenant = None;
            known.account.lockout = Lockout::default();
        }
        state.notifications.retain(|_, told| told.user_id != user);
        state.preferences.retain(|(of, ..), _| *of != user);
        state.reminders.retain(|(of, ..), _| *of != user);
        state.answers.retain(|(of, ..), _| *of != user);
        let objects = objects(state, user);
        for told in state.notifications.values_mut() {
            if objects.contains(&told.object.1) {
                replace(&mut told.values, name.as_str(), replacement.as_str());
            }
        }
    }
}

/// Whether a record is about the person, or about a session of the person.
fn is_about(state: &State, record: &AuditRecord, user: UserId) -> bool {
    match record.object_kind.as_ref() {
        "user" => record.object_id == user.uuid(),
        "session" => {
            record.actor == Some(user)
                || state
                    .sessions
                    .values()
                    .any(|session| session.user_id == user && session.id.uuid() == record.object_id)
        }
        _ => false,
    }
}

/// The placements and logs of which others were told with the person's name.
fn objects(state: &State, user: UserId) -> Vec<Uuid> {
    let is_in = |placement: PlacementId| {
        let now = state.placements.get(&placement).is_some_and(|known| {
            known.student_id() == user
                || [known.industrial_supervisor(), known.university_supervisor()].contains(&Some(user))
        });
        let as_delegate = state
            .delegations
            .values()
            .any(|known| known.placement_id() == placement && known.delegate() == user);
        let before = state.placement_events.iter().any(|event| {
            event.placement_id == placement && format!("{:?}", event.kind).contains(&user.to_string())
        });
        now || as_delegate || before
    };
    let placements = state
        .placements
        .keys()
        .filter(|id| is_in(**id))
        .map(|id| id.uuid());
    let entries = state
        .entries
        .values()
        .filter(|entry| is_in(entry.placement_id()))
        .map(|entry| entry.id().uuid());
    let reviewed = state
        .reviews
        .values()
        .filter(|review| review.by.user == user)
        .map(|review| review.entry_id.uuid());
    placements.chain(entries).chain(reviewed).collect()
}

/// Replaces each text that is the name and nothing but the name.
fn replace(value: &mut Value, name: &str, replacement: &str) {
    match value {
        Value::String(text) if text == name => replacement.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, name, replacement)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|value| replace(value, name, replacement)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
