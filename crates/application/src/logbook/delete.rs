//! Dropping a draft that was never submitted, with its files.

use ipt_domain::{id::LogEntryId, logbook::review::Way, version::Version};

use super::{LogbookError, acting, fresh_ids, record, scope, upload::removals};
use crate::{Caller, Services};

/// Drops a draft.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.delete", skip_all, fields(log_id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: LogEntryId,
    seen: Option<Version>,
) -> Result<(), LogbookError> {
    let mut work = services.database.begin(scope(caller)).await?;
    let (entry, case) = work.logbook().log(id).await?.ok_or(LogbookError::not_found())?;
    let now = services.clock.now();
    let deletion = entry.delete(
        acting(caller, Way::Single, seen),
        &case.at(now),
        fresh_ids(services),
    )?;
    let trail = record::of_deletion(services, caller, &deletion);
    let keys = work.logbook().delete(&deletion, &trail).await?;
    work.outbox()
        .enqueue(&removals(services, deletion.tenant_id, &keys, now))
        .await?;
    work.commit().await?;
    Ok(())
}
