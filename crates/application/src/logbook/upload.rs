//! Files on their way in. They are stored before the change that refers to them, outside any transaction; a note in the
//! outbox, made first, removes whatever no change has come to refer to a day later.

use chrono::TimeDelta;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, PlacementId, TenantId},
    logbook::{attachment::Attachment, file_name::SafeFileName},
    placement::policy::Policy,
};
use ipt_ports::{
    blob_store::{Acceptance, BlobKey, ByteStream},
    engagement::{Message, Topic},
    logbook::StoredAttachment,
};
use serde_json::json;

use super::{LogbookError, scope};
use crate::{Caller, Services, trail::message};

/// After which time an upload that nothing refers to is removed.
const ORPHANED_AFTER: TimeDelta = TimeDelta::hours(24);

/// A file that is stored, and that no entry refers to yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Uploaded {
    /// The file.
    pub attachment: Attachment,
    /// Where its bytes lie.
    pub key: BlobKey,
}

impl Uploaded {
    /// The file as one of an entry.
    pub(super) fn of(self, tenant_id: TenantId, entry_id: LogEntryId) -> StoredAttachment {
        StoredAttachment {
            attachment: self.attachment,
            tenant_id,
            entry_id,
            key: self.key,
        }
    }
}

/// For which placement, or which entry, a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entry of this placement, or of any of the student's when none is named.
    Placement(Option<PlacementId>),
    /// This entry.
    Entry(LogEntryId),
}

/// The widest limits under which the caller may upload for `target`; whether the file suits the placement's own policy is
/// decided with the entry.
///
/// # Errors
/// [`LogbookError`].
pub async fn limits(
    services: &Services,
    caller: &Caller,
    target: Target,
) -> Result<Acceptance, LogbookError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let policies = match (target, caller.tenant_id()) {
        (Target::Entry(id), _) => {
            let (_, case) = reader.logbook().log(id).await?.ok_or(LogbookError::not_found())?;
            vec![case.policy]
        }
        (Target::Placement(_), Some(tenant)) => {
            reader
                .logbook()
                .policies_of_student(tenant, caller.user_id())
                .await?
        }
        (Target::Placement(_), None) => Vec::new(),
    };
    drop(reader);
    let max_bytes = policies.iter().map(Policy::max_attachment_bytes).max();
    let max_bytes = max_bytes.ok_or(LogbookError::NoActivePlacement)?;
    let mut types: Vec<_> = policies
        .iter()
        .flat_map(|policy| policy.attachment_types().iter().copied())
        .collect();
    types.sort_unstable();
    types.dedup();
    Ok(Acceptance { max_bytes, types })
}

/// Stores one file while it arrives.
///
/// # Errors
/// [`LogbookError::Blob`]; nothing of the file is kept then.
#[tracing::instrument(name = "usecase.logbook.upload", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    acceptance: &Acceptance,
    file_name: &str,
    body: ByteStream<'_>,
) -> Result<Uploaded, LogbookError> {
    let tenant = caller.tenant_id().ok_or(LogbookError::NoActivePlacement)?;
    let id = AttachmentId::new(services.ids.next());
    let key = BlobKey::parse(&format!("attachments/{tenant}/{id}"))?;
    let file_name = SafeFileName::sanitise(file_name);
    let now = services.clock.now();
    let mut work = services.database.begin(caller.scope()).await?;
    let later = removals(services, tenant, std::slice::from_ref(&key), now + ORPHANED_AFTER);
    work.outbox().enqueue(&later).await?;
    work.commit().await?;
    let stored = services
        .blobs
        .put(&key, file_name.as_str(), acceptance, body)
        .await?;
    let attachment = Attachment::from_parts(id, file_name, stored.media_type, stored.size, stored.sha256);
    Ok(Uploaded { attachment, key })
}

/// Removes files that were stored for a change that was refused. What fails here is removed a day later.
pub async fn discard(services: &Services, files: &[Uploaded]) {
    for file in files {
        if let Err(error) = services.blobs.delete(&file.key).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a refused upload is left for the clean-up"
            );
        }
    }
}

/// Notes for the removal of blobs, due at `at`; each is done only if nothing refers to the blob then.
pub(super) fn removals(services: &Services, tenant: TenantId, keys: &[BlobKey], at: Instant) -> Vec<Message> {
    let removal = |key: &BlobKey| {
        let payload = json!({ "key": key.as_str() });
        message(services.ids.next(), Some(tenant), Topic::RemoveBlob, payload, at)
    };
    keys.iter().map(removal).collect()
}
