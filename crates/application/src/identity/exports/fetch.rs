//! Handing a copy out.

use ipt_domain::{
    Instant,
    id::DataExportId,
    identity::data_export::{DataExport, ExportState},
    version::Version,
};
use ipt_ports::{RepositoryError, Scope, SystemScope, blob_store::ByteStream};
use serde_json::json;

use super::{HANDING_OUT_TAKES, key, removal};
use crate::{
    Origin, Services,
    identity::IdentityError,
    trail::{Deed, Doer, trail},
};

/// A copy on its way out.
pub struct Handout {
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes.
    pub bytes: ByteStream<'static>,
}

/// The size in bytes of a copy that can be fetched; it can be afterwards still.
///
/// # Errors
/// [`IdentityError::ExportNotFound`].
#[tracing::instrument(name = "usecase.identity.exports.size", skip_all, fields(export.id = %id))]
pub async fn size(services: &Services, id: DataExportId) -> Result<u64, IdentityError> {
    let open = open(services, id, services.clock.now()).await?;
    Ok(open.size)
}

/// A copy that can be fetched.
struct Open {
    /// The version at which it was found.
    replaces: Version,
    /// As it is once it was fetched.
    fetched: DataExport,
    size: u64,
}

/// The copy, if it can be fetched now.
async fn open(services: &Services, id: DataExportId, now: Instant) -> Result<Open, IdentityError> {
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let found = reader.data_exports().data_export(id).await?;
    let export = found.ok_or(IdentityError::ExportNotFound)?;
    let ExportState::Ready { size, .. } = export.state else {
        return Err(IdentityError::ExportNotFound);
    };
    let replaces = export.version;
    let fetched = export.fetched(now).ok_or(IdentityError::ExportNotFound)?;
    Ok(Open {
        replaces,
        fetched,
        size,
    })
}

/// Hands a copy out to whoever has its link, which the API has sealed: once, and only in time. Of two at once one gets it.
///
/// # Errors
/// [`IdentityError::ExportNotFound`]; [`IdentityError::Blob`], and then it can be fetched still.
#[tracing::instrument(name = "usecase.identity.exports.fetch", skip_all, fields(export.id = %id))]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    id: DataExportId,
) -> Result<Handout, IdentityError> {
    let now = services.clock.now();
    let Open {
        replaces,
        fetched,
        size,
    } = open(services, id, now).await?;
    let bytes = services.blobs.get(&key(id)?, None).await?;
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    match work
        .data_exports()
        .save_data_export(&fetched, Some(replaces))
        .await
    {
        Err(RepositoryError::Stale) => return Err(IdentityError::ExportNotFound),
        saved => saved?,
    }
    let deed = Deed {
        action: "identity.fetch_export".into(),
        object_kind: "user",
        object_id: fetched.about.uuid(),
        tenant: fetched.tenant_id,
        on_behalf_of: None,
        at: now,
        values: json!({ "export_id": id, "size": size }),
    };
    let removal = removal(services, &fetched, now + HANDING_OUT_TAKES)?;
    let trail = trail(services, Doer::system(origin), deed, vec![removal]);
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(Handout { size, bytes })
}
