//! Every decision about a submitted entry, one at a time: recall, dispute, approve, reject, retract, verify on evidence,
//! validate, flag, resolve a flag, void.

use ipt_domain::{
    id::LogEntryId,
    logbook::{review::Way, transition::Step},
    version::Version,
};

use super::{LogbookError, ShownLog, acting, fresh_ids, record, scope};
use crate::{Caller, Services, concurrency::settle};

/// What is done to which entry.
#[derive(Clone, Debug)]
pub struct Command {
    /// The entry.
    pub id: LogEntryId,
    /// The step.
    pub step: Step,
    /// By which way.
    pub way: Way,
    /// The version that the person saw.
    pub seen: Option<Version>,
}

/// Takes a step. Whoever loses a race is told the state that the winner has made.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.take_step", skip_all, fields(log_id = %command.id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<ShownLog, LogbookError> {
    settle(|| attempt(services, caller, command)).await
}

/// One attempt, in a transaction of its own.
async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<ShownLog, LogbookError> {
    let mut work = services.database.begin(scope(caller)).await?;
    let (entry, case) = work
        .logbook()
        .log(command.id)
        .await?
        .ok_or(LogbookError::not_found())?;
    let circumstances = case.at(services.clock.now());
    let acting = acting(caller, command.way, command.seen);
    let decision = entry.take(&command.step, acting, &circumstances, fresh_ids(services))?;
    let trail = record::of_decision(services, caller, &decision);
    work.logbook().save(&decision, &[], &trail).await?;
    let reviews = work.logbook().reviews(&[command.id]).await?;
    work.commit().await?;
    ShownLog::new(decision.entry, &case, reviews, services, caller)
}
