//! The port, over whatever `object_store` reaches.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use ipt_ports::blob_store::{
    Acceptance, BlobError, BlobKey, BlobStore, ByteRange, ByteStream, StoredBlob, StreamError,
};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, path::Path};

use crate::{
    errors::{within, writing},
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
}

impl ObjectBlobStore {
    pub(crate) const fn new(store: Arc<dyn ObjectStore>, prefix: Path, rest: LocalRest) -> Self {
        Self { store, prefix, rest }
    }

    fn path(&self, key: &str) -> Path {
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
        match receive(&mut landing, Receipt::new(file_name, acceptance), body).await {
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
        let options = GetOptions {
            range: range.map(wanted),
            ..GetOptions::default()
        };
        let found = within(ANSWER, self.store.get_opts(&self.path(key.as_str()), options)).await?;
        let bytes = found.into_stream();
        Ok(bytes
            .map(|piece| piece.map_err(|error| StreamError::Store(Box::new(error))))
            .boxed())
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

/// A range in the words of the library. One without an end in sight has none: stores count in 63 bits.
fn wanted(range: ByteRange) -> GetRange {
    match range
        .last
        .checked_add(1)
        .filter(|end| i64::try_from(*end).is_ok())
    {
        Some(end) => GetRange::Bounded(range.first..end),
        None => GetRange::Offset(range.first),
    }
}

async fn receive(
    landing: &mut Landing,
    mut receipt: Receipt<'_>,
    mut body: ByteStream<'_>,
) -> Result<StoredBlob, BlobError> {
    while let Some(piece) = body.next().await {
        let piece = piece?;
        receipt.note(&piece)?;
        landing.write(&piece).await?;
    }
    receipt.finish()
}

#[cfg(test)]
mod faulty;
#[cfg(test)]
mod tests;
