//! A file on its way out.

use ipt_domain::{
    id::AttachmentId,
    logbook::{
        attachment::Attachment,
        entry::LogEntry,
        refusal::Refusal,
        visibility::{self, View},
    },
    version::Version,
};
use ipt_ports::{
    blob_store::{ByteRange, ByteStream},
    logbook::StoredAttachment,
};

use super::{LogbookError, scope};
use crate::{Caller, Services};

/// A file, as it was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The file.
    pub file: StoredAttachment,
    /// The version of its entry, with which it changes.
    pub version: Version,
}

/// Finds a file that the caller may see: reviewers see those of texts that were handed in, not those of an edit in
/// progress.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.find_attachment", skip_all, fields(attachment_id = %id))]
pub async fn find(services: &Services, caller: &Caller, id: AttachmentId) -> Result<Found, LogbookError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let file = reader
        .logbook()
        .attachment(id)
        .await?
        .ok_or(LogbookError::AttachmentNotFound)?;
    let (entry, case) = reader
        .logbook()
        .log(file.entry_id)
        .await?
        .ok_or(LogbookError::AttachmentNotFound)?;
    let view = visibility::view(&entry, &caller.actor, &case.at(services.clock.now())).map_err(hide)?;
    if view == View::Reviewer && only_in_progress(&entry, &file.attachment) {
        return Err(LogbookError::AttachmentNotFound);
    }
    Ok(Found {
        file,
        version: entry.version(),
    })
}

/// Reads a file or a part of it.
///
/// # Errors
/// [`LogbookError::Blob`].
pub async fn open(
    services: &Services,
    file: &StoredAttachment,
    range: Option<ByteRange>,
) -> Result<ByteStream<'static>, LogbookError> {
    Ok(services.blobs.get(&file.key, range).await?)
}

/// A file of an entry that does not exist for this person does not exist either.
fn hide(refusal: Refusal) -> LogbookError {
    if refusal == Refusal::NotFound {
        LogbookError::AttachmentNotFound
    } else {
        refusal.into()
    }
}

/// Whether a file belongs to an edit in progress and to no text that was handed in last.
fn only_in_progress(entry: &LogEntry, file: &Attachment) -> bool {
    let among = |files: &[Attachment]| files.iter().any(|attachment| attachment.id() == file.id());
    let in_progress = entry
        .draft_report()
        .is_some_and(|draft| among(&draft.attachments));
    in_progress
        && !entry
            .submission()
            .is_some_and(|submission| among(&submission.report.attachments))
}
