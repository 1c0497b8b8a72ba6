//! One entry.

use ipt_domain::id::LogEntryId;

use super::{LogbookError, ShownLog, scope};
use crate::{Caller, Services};

/// Reads an entry as the caller sees it.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.get", skip_all, fields(log_id = %id))]
pub async fn execute(services: &Services, caller: &Caller, id: LogEntryId) -> Result<ShownLog, LogbookError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let (entry, case) = reader.logbook().log(id).await?.ok_or(LogbookError::not_found())?;
    let reviews = reader.logbook().reviews(&[id]).await?;
    drop(reader);
    ShownLog::new(entry, &case, reviews, services, caller)
}
