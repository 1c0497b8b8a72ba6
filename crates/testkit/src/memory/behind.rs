//! Looks at what is stored and changes of it that no port allows: for what a test asserts, and for damage.

use ipt_domain::{
    audit::{chain::ChainId, record::AuditRecord},
    id::AuditRecordId,
    placement::{delegation::Delegation, event::PlacementEvent},
};
use ipt_ports::engagement::{Message, Notification};
use serde_json::Value;

use super::{
    database::MemoryDatabase,
    state::{Standing, State},
};
use std::sync::Arc;

/// Where a message of the outbox stands.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageState {
    /// The message; not to be tried before its `available_at`.
    pub message: Message,
    /// How often it was tried.
    pub attempts: u32,
    /// Whether it was handled.
    pub is_done: bool,
    /// Whether it was given up.
    pub is_failed: bool,
    /// The last error; empty without one.
    pub error: String,
}

impl MemoryDatabase {
    /// Every message of the outbox, the oldest first.
    pub fn messages(&self) -> Vec<MessageState> {
        let state = self.snapshot();
        let told = state.outbox.values().map(|queued| MessageState {
            message: queued.message.clone(),
            attempts: queued.attempts,
            is_done: matches!(queued.standing, Standing::Done { .. }),
            is_failed: matches!(queued.standing, Standing::Failed { .. }),
            error: queued.error.clone(),
        });
        told.collect()
    }

    /// The messages that nobody has handled: what a test may not leave over.
    pub fn messages_left(&self) -> Vec<MessageState> {
        self.messages()
            .into_iter()
            .filter(|message| !message.is_done)
            .collect()
    }

    /// Every notification, the oldest first.
    pub fn notifications(&self) -> Vec<Notification> {
        self.snapshot().notifications.values().cloned().collect()
    }

    /// Every audit record, the oldest first.
    pub fn audit_records(&self) -> Vec<AuditRecord> {
        self.snapshot().records.values().cloned().collect()
    }

    /// What happened to placements, in the order in which it was stored.
    pub fn placement_events(&self) -> Vec<PlacementEvent> {
        self.snapshot().placement_events.clone()
    }

    /// Stores a delegation.
    pub fn put_delegation(&self, delegation: Delegation) {
        self.change(|state| state.delegations.insert(delegation.id(), delegation));
    }

    /// Edits an audit record, as somebody with the database in hand could.
    pub fn edit_audit_record(&self, id: AuditRecordId, edit: impl FnOnce(&mut AuditRecord)) {
        self.change(|state| state.records.get_mut(&id).map(edit));
    }

    /// Takes an audit record away.
    pub fn remove_audit_record(&self, id: AuditRecordId) {
        self.change(|state| state.records.remove(&id));
    }

    /// Cuts off the end of a chain, the records with their links.
    pub fn cut_audit_chain(&self, chain: ChainId, keep: u64) {
        self.change(|state| {
            let end: Vec<_> = state
                .links
                .range((chain, keep.saturating_add(1))..=(chain, u64::MAX))
                .map(|(place, link)| (*place, link.record_id))
                .collect();
            for (place, record) in end {
                state.links.remove(&place);
                state.records.remove(&record);
            }
        });
    }

    /// Edits the values beside an audit record.
    pub fn edit_audit_values(&self, id: AuditRecordId, values: Value) {
        self.change(|state| state.details.get_mut(&id).map(|detail| detail.values = values));
    }

    /// Takes the values beside an audit record away, as an erasure does.
    pub fn erase_audit_values(&self, id: AuditRecordId) {
        self.change(|state| state.details.remove(&id));
    }

    /// Changes what is stored past the ports, which look after nothing then. A unit of work that is open undoes it when it
    /// is committed.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) {
        change(Arc::make_mut(&mut self.lock()));
    }
}
