//! Delivering the outbox.

use chrono::TimeDelta;
use futures_util::{StreamExt as _, stream};
use ipt_domain::Instant;
use ipt_ports::{RepositoryError, Scope, SystemScope, engagement::PendingMessage};

use super::{
    EngagementError, backoff,
    handlers::{Failure, handle},
};
use crate::Services;

/// Longer than any handler takes: the time-outs of the mail server and the file store lie below it.
pub const HANDLER_TAKES: TimeDelta = TimeDelta::seconds(90);

/// For how long claimed messages are nobody else's. Much longer than a handler takes, so that no message is in two hands.
pub const CLAIM_LASTS: TimeDelta = TimeDelta::minutes(10);

/// How many messages are dealt with at once.
const AT_ONCE: usize = 4;

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Messages claimed; fewer than asked for means that no more are due.
    pub claimed: u32,
    /// Dealt with.
    pub done: u32,
    /// To be tried again later.
    pub put_back: u32,
    /// Given up; an operator sees them.
    pub given_up: u32,
    /// Left alone, since the claim would have run out meanwhile: they come again.
    pub left: u32,
}

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Done,
    PutBack,
    GivenUp,
    Left,
}

/// Claims up to `limit` messages that are due, and deals with each. One that fails comes back later, with longer and longer
/// waits, until it is given up; it keeps no other from being delivered.
///
/// # Errors
/// The database's, when it cannot be asked or cannot note a failure: what was claimed comes again when the claim runs out.
#[tracing::instrument(name = "usecase.engagement.deliver", skip_all)]
pub async fn execute(services: &Services, limit: u32) -> Result<Delivered, EngagementError> {
    let now = services.clock.now();
    let until = now + CLAIM_LASTS;
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let claimed = work.outbox().claim(limit, now, until).await?;
    work.commit().await?;
    let mut fates = stream::iter(claimed)
        .map(|pending| dispatch(services, pending, until))
        .buffer_unordered(AT_ONCE);
    let mut delivered = Delivered::default();
    let mut failed = None;
    while let Some(fate) = fates.next().await {
        delivered.claimed += 1;
        match fate {
            Ok(Fate::Done) => delivered.done += 1,
            Ok(Fate::PutBack) => delivered.put_back += 1,
            Ok(Fate::GivenUp) => delivered.given_up += 1,
            Ok(Fate::Left) => delivered.left += 1,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(delivered), |error| Err(error.into()))
}

/// Deals with one message, and notes a failure.
async fn dispatch(
    services: &Services,
    pending: PendingMessage,
    until: Instant,
) -> Result<Fate, RepositoryError> {
    if services.clock.now() + HANDLER_TAKES > until {
        return Ok(Fate::Left);
    }
    let PendingMessage { message, attempts } = pending;
    let Err(failure) = handle(services, &message).await else {
        return Ok(Fate::Done);
    };
    let now = services.clock.now();
    let (again, error) = match failure {
        Failure::Later(error) => (backoff::next_try(message.topic, message.id, attempts, now), error),
        Failure::Never(error) => (None, error),
    };
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let fate = if let Some(available_at) = again {
        work.outbox().put_back(message.id, available_at, &error).await?;
        Fate::PutBack
    } else {
        work.outbox().give_up(message.id, now, &error).await?;
        Fate::GivenUp
    };
    work.commit().await?;
    let topic = message.topic.as_str();
    tracing::warn!(job.id = %message.id, topic, attempts, ?fate, error, "a message could not be delivered");
    Ok(fate)
}
