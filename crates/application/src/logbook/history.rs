//! The whole life of an entry: every step with its author, and every text that was handed in.

use ipt_domain::{id::LogEntryId, logbook::visibility};
use ipt_ports::logbook::{ReviewView, RevisionView};

use super::{LogbookError, scope};
use crate::{Caller, Services};

/// The steps and texts of an entry, the oldest first.
#[derive(Clone, Debug)]
pub struct History {
    /// Every step.
    pub reviews: Vec<ReviewView>,
    /// Every text that was handed in.
    pub revisions: Vec<RevisionView>,
}

/// Reads an entry's history.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.history", skip_all, fields(log_id = %id))]
pub async fn execute(services: &Services, caller: &Caller, id: LogEntryId) -> Result<History, LogbookError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let (entry, case) = reader.logbook().log(id).await?.ok_or(LogbookError::not_found())?;
    visibility::view(&entry, &caller.actor, &case.at(services.clock.now()))?;
    let reviews = reader.logbook().reviews(&[id]).await?;
    let revisions = reader.logbook().revisions(id).await?;
    Ok(History { reviews, revisions })
}
