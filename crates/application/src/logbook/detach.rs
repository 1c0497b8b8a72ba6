//! Taking a file off a draft or a requested revision.

use ipt_domain::{
    id::AttachmentId,
    logbook::{input::ReportInput, review::Way},
    version::Version,
};

use super::{LogbookError, acting, record, scope, upload::removals};
use crate::{Caller, Services};

/// Takes a file off. A file that an earlier text refers to stays readable with that text.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.detach", skip_all, fields(attachment_id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: AttachmentId,
    seen: Option<Version>,
) -> Result<(), LogbookError> {
    let mut work = services.database.begin(scope(caller)).await?;
    let file = work
        .logbook()
        .attachment(id)
        .await?
        .ok_or(LogbookError::AttachmentNotFound)?;
    let (entry, case) = work
        .logbook()
        .log(file.entry_id)
        .await?
        .ok_or(LogbookError::AttachmentNotFound)?;
    let now = services.clock.now();
    let replaces = entry.version();
    let input = ReportInput {
        remove_files: vec![id],
        ..ReportInput::default()
    };
    let entry = entry.edit(&input, acting(caller, Way::Single, seen), &case.at(now))?;
    let trail = record::of_edit(services, caller, &entry);
    work.logbook().save_edit(&entry, replaces, &[], &trail).await?;
    let keys = work.logbook().remove_files(entry.id(), &[id]).await?;
    work.outbox()
        .enqueue(&removals(services, entry.tenant_id(), &keys, now))
        .await?;
    work.commit().await?;
    Ok(())
}
