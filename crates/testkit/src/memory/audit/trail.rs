//! What every change leaves: messages in the outbox, and an audit record that is not linked yet.

use ipt_domain::audit::chain::ChainId;
use ipt_ports::{
    Constraint, RepositoryError,
    audit::AuditEntry,
    engagement::{Message, Trail},
};

use crate::memory::{
    state::{Queued, Standing},
    unit_of_work::MemoryUnitOfWork,
};

impl MemoryUnitOfWork {
    pub(crate) fn leave(&mut self, trail: &Trail) -> Result<(), RepositoryError> {
        self.enqueue_all(&trail.messages)?;
        self.record_entry(&trail.audit)
    }

    pub(crate) fn enqueue_all(&mut self, messages: &[Message]) -> Result<(), RepositoryError> {
        for message in messages {
            self.demand(message.tenant_id)?;
            self.hold(!self.state().outbox.contains_key(&message.id), Constraint::Other)?;
            let queued = Queued {
                message: message.clone(),
                attempts: 0,
                standing: Standing::Queued,
                error: String::new(),
            };
            self.change().outbox.insert(message.id, queued);
        }
        Ok(())
    }

    pub(crate) fn record_entry(&mut self, entry: &AuditEntry) -> Result<(), RepositoryError> {
        let record = &entry.record;
        self.demand(record.tenant)?;
        self.hold(!self.state().records.contains_key(&record.id), Constraint::Other)?;
        let state = self.change();
        state.records.insert(record.id, record.clone());
        state
            .details
            .extend(entry.detail.clone().map(|detail| (record.id, detail)));
        state.unlinked.insert(record.id, ChainId::of(record));
        Ok(())
    }
}
