//! Delivering the outbox: at least once, by any number of workers, with nothing lost when one is killed.

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    engagement::{PendingMessage, Topic},
};

use super::{
    failure::{Failure, max_attempts, next_attempt},
    handle_log_transition, handle_mail, handle_placement_transition, handle_remove_blob,
};
use crate::Services;

/// How many messages a worker claims at a time.
const BATCH: u32 = 32;

/// How many of these it handles at once.
const AT_ONCE: usize = 4;

/// For how long they are claimed: longer than a batch can take, since each handler has shorter time-outs of its own.
const CLAIM: TimeDelta = TimeDelta::minutes(10);

/// Claims messages that are due and handles them; how many were claimed. Zero: there is nothing to do now.
///
/// # Errors
/// [`RepositoryError`] when nothing could be claimed. A message that fails is put back or given up, which is no error.
#[tracing::instrument(name = "usecase.engagement.deliver", skip_all)]
pub async fn execute(services: &Services) -> Result<usize, RepositoryError> {
    let now = services.clock.now();
    let mut work = services.database.begin(worker()).await?;
    let claimed = work.outbox().claim(BATCH, now, now + CLAIM).await?;
    if claimed.is_empty() {
        return Ok(0);
    }
    work.commit().await?;
    let count = claimed.len();
    futures_util::stream::iter(claimed).for_each_concurrent(AT_ONCE, |pending| attend(services, pending)).await;
    Ok(count)
}

/// The scope of the background work.
pub(super) const fn worker() -> Scope {
    Scope::System(SystemScope::Worker)
}

/// Handles one message, and notes it when that failed. If even that fails, the claim runs out and somebody tries again.
async fn attend(services: &Services, pending: PendingMessage) {
    let Err(failure) = handle(services, &pending).await else { return };
    if let Err(error) = note_failure(services, &pending, &failure).await {
        tracing::warn!(
            job_id = %pending.message.id,
            error = &error as &dyn std::error::Error,
            "a failed message could not be put back; its claim will run out"
        );
    }
}

/// Handles one message. Its completion is part of the handler's own transaction.
async fn handle(services: &Services, pending: &PendingMessage) -> Result<(), Failure> {
    let message = &pending.message;
    match message.topic {
        Topic::LogTransition => handle_log_transition::execute(services, message).await,
        Topic::PlacementTransition => handle_placement_transition::execute(services, message).await,
        Topic::Mail => handle_mail::execute(services, message).await,
        Topic::RemoveBlob => handle_remove_blob::execute(services, message).await,
    }
}

/// Puts a failed message back, or gives it up.
async fn note_failure(services: &Services, pending: &PendingMessage, failure: &Failure) -> Result<(), RepositoryError> {
    let (message, now) = (&pending.message, services.clock.now());
    let told = failure.to_string();
    let again = match failure {
        Failure::Passing(_) => pending.attempts < max_attempts(message.topic),
        Failure::Lasting(_) => false,
    };
    let mut work = services.database.begin(worker()).await?;
    if again {
        let at = next_attempt(message.id, pending.attempts, now);
        tracing::info!(job_id = %message.id, topic = message.topic.as_str(), attempts = pending.attempts, %told, "a message is put back");
        work.outbox().put_back(message.id, at, &told).await?;
    } else {
        tracing::error!(job_id = %message.id, topic = message.topic.as_str(), attempts = pending.attempts, %told, "a message is given up");
        work.outbox().give_up(message.id, now, &told).await?;
    }
    work.commit().await
}
