//! The outbox, as the worker and the operator see it.

use ipt_domain::{
    Instant,
    id::{JobId, TenantId},
};
use ipt_ports::{
    RepositoryError,
    engagement::{Message, Outbox, PendingMessage},
};

use crate::memory::{
    state::{Lease, Queued, Standing},
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl Outbox for MemoryUnitOfWork {
    async fn enqueue(&mut self, messages: &[Message]) -> Result<(), RepositoryError> {
        self.enqueue_all(messages)
    }

    async fn claim(
        &mut self,
        limit: u32,
        now: Instant,
        locked_until: Instant,
    ) -> Result<Vec<PendingMessage>, RepositoryError> {
        let mut due: Vec<(Instant, JobId)> = self
            .messages_in_scope()
            .filter(|queued| is_due(queued, now))
            .map(|queued| (queued.message.available_at, queued.message.id))
            .collect();
        due.sort_unstable();
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let state = self.change();
        let claimed = due.iter().filter_map(|(_, id)| {
            let queued = state.outbox.get_mut(id)?;
            queued.attempts += 1;
            queued.standing = Standing::Running { locked_until };
            Some(PendingMessage {
                message: queued.message.clone(),
                attempts: queued.attempts,
            })
        });
        Ok(claimed.collect())
    }

    async fn complete(&mut self, id: JobId, now: Instant) -> Result<(), RepositoryError> {
        self.let_go(id, |queued| queued.standing = Standing::Done { at: now });
        Ok(())
    }

    async fn put_back(
        &mut self,
        id: JobId,
        available_at: Instant,
        error: &str,
    ) -> Result<(), RepositoryError> {
        self.let_go(id, |queued| {
            queued.standing = Standing::Queued;
            queued.message.available_at = available_at;
            error.clone_into(&mut queued.error);
        });
        Ok(())
    }

    async fn give_up(&mut self, id: JobId, now: Instant, error: &str) -> Result<(), RepositoryError> {
        self.let_go(id, |queued| {
            queued.standing = Standing::Failed { at: now };
            error.clone_into(&mut queued.error);
        });
        Ok(())
    }

    async fn retry(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let known = self.messages_in_scope().find(|queued| queued.message.id == id);
        let failed = known.filter(|queued| matches!(queued.standing, Standing::Failed { .. }));
        if failed.is_none_or(|queued| queued.message.tenant_id != tenant) {
            return Ok(false);
        }
        if let Some(queued) = self.change().outbox.get_mut(&id) {
            queued.standing = Standing::Queued;
            queued.attempts = 0;
            queued.message.available_at = now;
        }
        Ok(true)
    }

    async fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool, RepositoryError> {
        let known = self.state().leases.get(name);
        let is_free = known.is_none_or(|lease| lease.holder == holder || lease.until <= now);
        if is_free {
            self.change().leases.insert(
                name.to_owned(),
                Lease {
                    holder: holder.to_owned(),
                    until,
                },
            );
        }
        Ok(is_free)
    }
}

impl MemoryUnitOfWork {
    /// Ends a claim. A message that is not claimed any more, because somebody else has finished it meanwhile, is left as
    /// it is: delivery is at least once.
    fn let_go(&mut self, id: JobId, with: impl FnOnce(&mut Queued)) {
        let known = self.messages_in_scope().find(|queued| queued.message.id == id);
        let is_running = known.is_some_and(|queued| matches!(queued.standing, Standing::Running { .. }));
        if is_running && let Some(queued) = self.change().outbox.get_mut(&id) {
            with(queued);
        }
    }
}

/// Queued, or claimed by somebody who did not finish in time; in both cases its time has come.
fn is_due(queued: &Queued, now: Instant) -> bool {
    let is_free = match queued.standing {
        Standing::Queued => true,
        Standing::Running { locked_until } => locked_until <= now,
        Standing::Done { .. } | Standing::Failed { .. } => false,
    };
    is_free && queued.message.available_at <= now
}
