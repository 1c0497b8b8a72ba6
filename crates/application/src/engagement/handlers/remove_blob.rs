//! A blob that nothing refers to any more is removed.

use ipt_ports::{
    Scope, SystemScope,
    blob_store::{BlobError, BlobKey},
    engagement::Message,
};

use super::{Failure, begin, finish, unreadable};
use crate::Services;

/// Removes the blob of the payload's `key`, unless a file lies there after all. One that is gone already is done.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    let key = message.payload.get("key").and_then(|key| key.as_str());
    let key = key
        .and_then(|key| BlobKey::parse(key).ok())
        .ok_or_else(|| unreadable("key of a blob"))?;
    let mut reader = services.database.read(Scope::System(SystemScope::Worker)).await?;
    let referenced = reader.logbook().is_referenced(&key).await?;
    drop(reader);
    if !referenced {
        match services.blobs.delete(&key).await {
            Ok(()) | Err(BlobError::NotFound) => {}
            Err(error) => return Err(Failure::Later(error.to_string())),
        }
    }
    finish(services, begin(services).await?, message.id).await
}
