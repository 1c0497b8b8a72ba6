//! The same decision about many entries in one action: a week, or any chosen set. Each stands or falls by itself.

use ipt_domain::{
    id::LogEntryId,
    logbook::{review::Way, transition::Step},
};

use super::{LogbookError, ShownLog, take_step};
use crate::{Caller, Services};

/// How many entries one action may name.
pub const MAX_ENTRIES: usize = 100;

/// What became of one entry.
#[derive(Debug)]
pub struct Outcome {
    /// The entry.
    pub id: LogEntryId,
    /// How it is now, or why nothing happened to it.
    pub result: Result<ShownLog, LogbookError>,
}

/// Takes a step on each entry; one named twice is acted on once.
///
/// # Errors
/// [`LogbookError::NumberOfEntries`]; everything else stands with the entry it concerns.
#[tracing::instrument(name = "usecase.logbook.take_step_on_many", skip_all, fields(entries = ids.len()))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    ids: &[LogEntryId],
    step: &Step,
) -> Result<Vec<Outcome>, LogbookError> {
    let mut once: Vec<LogEntryId> = Vec::with_capacity(ids.len());
    for id in ids {
        if !once.contains(id) {
            once.push(*id);
        }
    }
    if once.is_empty() || once.len() > MAX_ENTRIES {
        return Err(LogbookError::NumberOfEntries { max: MAX_ENTRIES });
    }
    let mut outcomes = Vec::with_capacity(once.len());
    for id in once {
        let command = take_step::Command {
            id,
            step: step.clone(),
            way: Way::Many,
            seen: None,
        };
        outcomes.push(Outcome {
            id,
            result: take_step::execute(services, caller, &command).await,
        });
    }
    Ok(outcomes)
}
