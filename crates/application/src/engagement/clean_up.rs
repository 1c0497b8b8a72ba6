//! Removing what has served its purpose: messages that were handled, answers kept for retries.

use chrono::TimeDelta;
use ipt_ports::RepositoryError;

use super::deliver::worker;
use crate::Services;

/// How long handled messages are kept for whoever looks into something.
const MESSAGES: TimeDelta = TimeDelta::days(7);

/// How long an answer is kept for retries.
pub const ANSWERS: TimeDelta = TimeDelta::hours(24);

/// How many rows go in one transaction.
const BATCH: u32 = 1_000;

/// Removes what has served its purpose; how many rows went.
///
/// # Errors
/// [`RepositoryError`]; the rest goes another time.
#[tracing::instrument(name = "usecase.engagement.clean_up", skip_all)]
pub async fn execute(services: &Services) -> Result<u64, RepositoryError> {
    let now = services.clock.now();
    let mut gone = 0;
    loop {
        let mut work = services.database.begin(worker()).await?;
        let messages = work.outbox().prune(now - MESSAGES, BATCH).await?;
        let answers = work.idempotency().forget(now - ANSWERS, BATCH).await?;
        work.commit().await?;
        gone += messages + answers;
        if messages < u64::from(BATCH) && answers < u64::from(BATCH) {
            return Ok(gone);
        }
    }
}
