//! Making copies, in the background.

use futures_util::future::join;
use ipt_domain::{
    identity::data_export::{DataExport, ExportState},
    placement::attachment_type::AttachmentType,
};
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    archive::ArchiveError,
    blob_store::{Acceptance, BlobError, StreamError},
};
use serde_json::json;

use super::{contents, key, removal};
use crate::{
    Origin, Services,
    engagement::{About, account_mail},
    identity::IdentityError,
    trail::{Deed, Doer, trail},
};

/// Why a copy could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum BuildError {
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A file could not be read, or the archive not stored.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// A file broke off.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// The person is gone.
    #[error("there is no such person any more")]
    Gone,
}

/// Makes the copy that has been due for longest; `false` when none is. One that fails is tried again later, a few times; the
/// one who asked is told by mail when it is ready.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.exports.build", skip_all)]
pub async fn execute(services: &Services) -> Result<bool, IdentityError> {
    let Some(export) = take(services).await? else {
        return Ok(false);
    };
    if !matches!(export.state, ExportState::Waiting { .. }) {
        return Ok(true);
    }
    let made = make(services, &export).await;
    let now = services.clock.now();
    let (id, replaces) = (export.id, export.version);
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let export = match made {
        Ok(size) => {
            let ready = export.ready(size, now);
            if let ExportState::Ready { expires_at, .. } = ready.state {
                let removal = removal(services, &ready, expires_at)?;
                let mail = account_mail(services, ready.asked_by, "data_export_ready", About::Account, now);
                let deed = Deed {
                    action: "identity.make_export".into(),
                    object_kind: "user",
                    object_id: ready.about.uuid(),
                    tenant: ready.tenant_id,
                    on_behalf_of: None,
                    at: now,
                    values: json!({ "export_id": id, "size": size }),
                };
                let origin = Origin::default();
                let trail = trail(services, Doer::system(&origin), deed, vec![removal, mail]);
                work.people().leave_trail(&trail).await?;
            }
            ready
        }
        Err(error) => {
            tracing::warn!(export.id = %id, error = &error as &dyn std::error::Error, "a copy of data could not be made");
            export.put_back(now)
        }
    };
    match work
        .data_exports()
        .save_data_export(&export, Some(replaces))
        .await
    {
        // It took so long that somebody else began anew, or the person was erased: theirs counts.
        Err(RepositoryError::Stale) => return Ok(true),
        saved => saved?,
    }
    work.commit().await?;
    Ok(true)
}

/// Takes the copy that is due, for nobody else meanwhile.
async fn take(services: &Services) -> Result<Option<DataExport>, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let now = services.clock.now();
    let Some(due) = work.data_exports().due_data_export(now).await? else {
        return Ok(None);
    };
    let replaces = due.version;
    let Some(begun) = due.begun(now) else {
        return Ok(None);
    };
    match work.data_exports().save_data_export(&begun, Some(replaces)).await {
        Err(RepositoryError::Stale) => return Ok(None),
        saved => saved?,
    }
    work.commit().await?;
    Ok(Some(begun))
}

/// Writes the archive into the store while it is made; its size.
async fn make(services: &Services, export: &DataExport) -> Result<u64, BuildError> {
    let (writer, bytes) = services.archives.zip();
    let acceptance = Acceptance {
        max_bytes: u64::MAX,
        types: vec![AttachmentType::Zip],
    };
    let key = key(export.id)?;
    let (written, stored) = join(
        contents::write(services, export, writer),
        services.blobs.put(&key, "export.zip", &acceptance, bytes),
    )
    .await;
    match (written, stored) {
        (Ok(()), stored) => Ok(stored?.size),
        // Then the store is what failed.
        (Err(BuildError::Archive(ArchiveError::Closed)), Err(stored)) => Err(stored.into()),
        (Err(error), _) => Err(error),
    }
}
