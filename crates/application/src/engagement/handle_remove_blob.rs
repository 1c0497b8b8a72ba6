//! Removing a blob that nothing refers to.

use ipt_ports::{blob_store::BlobKey, engagement::Message};
use serde::Deserialize;

use super::{deliver::worker, failure::Failure};
use crate::Services;

/// What is to be removed.
#[derive(Deserialize)]
struct Removal {
    key: String,
}

/// Removes a blob, unless an entry has come to refer to it.
pub(super) async fn execute(services: &Services, message: &Message) -> Result<(), Failure> {
    let removal: Removal = serde_json::from_value(message.payload.clone()).map_err(|error| Failure::unreadable(&error))?;
    let key = BlobKey::parse(&removal.key)?;
    let referenced = services.database.read(worker()).await?.logbook().is_referenced(&key).await?;
    if !referenced {
        services.blobs.delete(&key).await?;
    }
    let mut work = services.database.begin(worker()).await?;
    work.outbox().complete(message.id, services.clock.now()).await?;
    work.commit().await?;
    Ok(())
}
