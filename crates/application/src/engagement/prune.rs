//! Clearing away what is done.

use chrono::TimeDelta;
use ipt_domain::identity::mailed_secret::MAIL_WINDOW;
use ipt_ports::{Scope, SystemScope};

use super::EngagementError;
use crate::Services;

/// For how long a message that is done is kept.
pub const DONE_IS_KEPT: TimeDelta = TimeDelta::days(7);

/// For how long an answer is kept for retries.
pub const ANSWER_IS_KEPT: TimeDelta = TimeDelta::hours(24);

/// For how long a code that ran out is kept: until the mails with it do not count any more.
pub const SECRET_IS_KEPT: TimeDelta = MAIL_WINDOW;

/// How many rows go in one unit of work, so that none is long.
const AT_ONCE: u32 = 1_000;

/// What went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Messages that were done.
    pub messages: u64,
    /// Answers kept for retries.
    pub answers: u64,
    /// Codes and tokens that ran out.
    pub secrets: u64,
}

/// Removes messages done more than a week ago, answers kept for more than a day, and codes that ran out.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.engagement.prune", skip_all)]
pub async fn execute(services: &Services) -> Result<Pruned, EngagementError> {
    let now = services.clock.now();
    let mut pruned = Pruned::default();
    loop {
        let mut work = services
            .database
            .begin(Scope::System(SystemScope::Worker))
            .await?;
        let messages = work.outbox().prune(now - DONE_IS_KEPT, AT_ONCE).await?;
        let answers = work.idempotency().forget(now - ANSWER_IS_KEPT, AT_ONCE).await?;
        let secrets = work
            .mailed_secrets()
            .prune_mailed_secrets(now - SECRET_IS_KEPT, AT_ONCE)
            .await?;
        work.commit().await?;
        pruned.messages += messages;
        pruned.answers += answers;
        pruned.secrets += secrets;
        if [messages, answers, secrets]
            .into_iter()
            .all(|gone| gone < u64::from(AT_ONCE))
        {
            return Ok(pruned);
        }
    }
}
