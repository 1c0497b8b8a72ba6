//! Keeps answers for retries.

use ipt_domain::Instant;
use ipt_ports::{
    RepositoryError,
    engagement::{IdempotencyRequest, IdempotencyState, IdempotencyStore, KeptAnswer},
};

use crate::memory::{
    state::{AnswerKey, Reserved},
    unit_of_work::MemoryUnitOfWork,
};

fn key(request: &IdempotencyRequest) -> AnswerKey {
    (
        request.user_id,
        request.key.clone(),
        request.route.clone(),
        request.tenant_id,
    )
}

#[async_trait::async_trait]
impl IdempotencyStore for MemoryUnitOfWork {
    async fn reserve(
        &mut self,
        request: &IdempotencyRequest,
        now: Instant,
        stale_before: Instant,
        forget_before: Instant,
    ) -> Result<IdempotencyState, RepositoryError> {
        self.demand(request.tenant_id)?;
        let known = self.state().answers.get(&key(request)).filter(|known| {
            let is_abandoned = known.answer.is_none() && known.since < stale_before;
            known.since >= forget_before && !is_abandoned
        });
        if let Some(known) = known {
            return Ok(match &known.answer {
                _ if known.body_hash != request.body_hash => IdempotencyState::OtherBody,
                None => IdempotencyState::InProgress,
                Some(answer) => IdempotencyState::Answered(answer.clone()),
            });
        }
        let reserved = Reserved {
            body_hash: request.body_hash,
            since: now,
            answer: None,
        };
        self.change().answers.insert(key(request), reserved);
        Ok(IdempotencyState::Reserved)
    }

    /// A reservation that was taken over and answered by another is stale: its change must not be committed twice.
    async fn keep(
        &mut self,
        request: &IdempotencyRequest,
        answer: &KeptAnswer,
    ) -> Result<(), RepositoryError> {
        self.demand(request.tenant_id)?;
        let known = self.change().answers.get_mut(&key(request));
        let own = known.filter(|known| known.answer.is_none() && known.body_hash == request.body_hash);
        own.ok_or(RepositoryError::Stale)?.answer = Some(answer.clone());
        Ok(())
    }

    async fn release(&mut self, request: &IdempotencyRequest) -> Result<(), RepositoryError> {
        self.demand(request.tenant_id)?;
        let key = key(request);
        let known = self.state().answers.get(&key);
        if known.is_some_and(|known| known.answer.is_none() && known.body_hash == request.body_hash) {
            self.change().answers.remove(&key);
        }
        Ok(())
    }
}
