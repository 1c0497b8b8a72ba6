//! The port, over whatever `object_store` reaches.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use ipt_ports::blob_store::{Acceptance, BlobError, BlobKey, BlobStore, ByteRange, ByteStream, StoredBlob};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};

use crate::{
    crypt::{Head, MasterKeys, Sealing},
    errors::{unavailable, within, writing},
    landing::{ANSWER, Landing, Place},
    local_rest::LocalRest,
    receipt::Receipt,
};

/// How long the store may take to say that it is there.
const CHECK: Duration = Duration::from_secs(5);

/// What is written to see whether the store can be written to; no attachment's key has an underscore.
const PROBE: &str = "_probe";

/// Attachments in a folder or a bucket. A key is used once: a body stored under a key that is taken replaces the other.
pub struct ObjectBlobStore {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    rest: LocalRest,
    keys: Option<MasterKeys>,
}

impl ObjectBlobStore {
    pub(crate) const fn new(store: Arc<dyn ObjectStore>, prefix: Path, rest: LocalRest) -> Self {
        Self {
            store,
            prefix,
            rest,
            keys: None,
        }
    }

    /// The same store, with everything that is written from now on encrypted. What lies there in clear can still be read.
    #[must_use]
    pub fn encrypted(self, keys: MasterKeys) -> Self {
        Self {
            keys: Some(keys),
            ..self
        }
    }

    /// Where an object lies.
    pub(crate) fn path(&self, key: &str) -> Path {
        let mut path = self.prefix.clone();
        path.extend(key.split('/'));
        path
    }
}

/// Without the credentials.
impl std::fmt::Debug for ObjectBlobStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ObjectBlobStore({}, {})", self.store, self.prefix)
    }
}

#[async_trait::async_trait]
impl BlobStore for ObjectBlobStore {
    async fn put(
        &self,
        key: &BlobKey,
        file_name: &str,
        acceptance: &Acceptance,
        body: ByteStream<'_>,
    ) -> Result<StoredBlob, BlobError> {
        let path = self.path(key.as_str());
        let mut landing = Landing::new(Place {
            store: Arc::clone(&self.store),
            path,
            rest: self.rest.clone(),
        });
        let seal = match &self.keys {
            Some(keys) => Some(begin_sealed(&mut landing, keys, key.as_str()).await?),
            None => None,
        };
        match receive(&mut landing, Receipt::new(file_name, acceptance), seal, body).await {
            Ok(stored) => {
                landing.finish().await?;
                Ok(stored)
            }
            Err(error) => {
                landing.abandon().await;
                Err(error)
            }
        }
    }

    async fn get(&self, key: &BlobKey, range: Option<ByteRange>) -> Result<ByteStream<'static>, BlobError> {
        match &self.keys {
            Some(keys) => self.open_sealed(keys, key, range).await,
            None => self.open_plain(key, range).await,
        }
    }

    async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        match within(ANSWER, self.store.delete(&self.path(key.as_str()))).await {
            Ok(()) | Err(BlobError::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn check(&self) -> Result<(), BlobError> {
        let probe = self.path(PROBE);
        writing(CHECK, async {
            self.store.put(&probe, "ready".into()).await?;
            match self.store.delete(&probe).await {
                // Another check was faster to take it away.
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(error),
            }
        })
        .await
    }
}

/// Writes the head of an encrypted object.
async fn begin_sealed(landing: &mut Landing, keys: &MasterKeys, place: &str) -> Result<Sealing, BlobError> {
    let head = Head::generate().map_err(unavailable)?;
    landing
        .write(&head.wrap(keys, place).map_err(unavailable)?)
        .await?;
    Sealing::new(&head).map_err(unavailable)
}

async fn receive(
    landing: &mut Landing,
    mut receipt: Receipt<'_>,
    mut seal: Option<Sealing>,
    mut body: ByteStream<'_>,
) -> Result<StoredBlob, BlobError> {
    while let Some(piece) = body.next().await {
        let piece = piece?;
        receipt.note(&piece)?;
        match &mut seal {
            Some(seal) => landing.write(&seal.take(&piece).map_err(unavailable)?).await?,
            None => landing.write(&piece).await?,
        }
    }
    let stored = receipt.finish()?;
    if let Some(seal) = seal {
        landing.write(&seal.finish().map_err(unavailable)?).await?;
    }
    Ok(stored)
}

mod reading;
mod rewrap;

pub use rewrap::Rewrapped;

#[cfg(test)]
mod encrypted;
#[cfg(test)]
mod faulty;
#[cfg(test)]
mod tests;
