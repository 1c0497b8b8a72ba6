//! The store of attachments in memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use ipt_ports::blob_store::{Acceptance, BlobError, BlobKey, BlobStore, ByteRange, ByteStream, StoredBlob};
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

mod kind;

/// How the store does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlobWeather {
    /// It works.
    #[default]
    Fine,
    /// It takes nothing more; what lies there can be read and removed.
    Full,
    /// It answers nothing until the weather changes.
    Hanging,
}

/// Blobs in memory. Clones are the same store.
#[derive(Clone, Debug, Default)]
pub struct MemoryBlobs {
    kept: Arc<Mutex<BTreeMap<String, Bytes>>>,
    weather: watch::Sender<BlobWeather>,
}

/// Why a store in memory is not available.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("the store is full")]
    Full,
    #[error("the blob has no such range")]
    Range,
}

impl From<Trouble> for BlobError {
    fn from(trouble: Trouble) -> Self {
        Self::Unavailable(Box::new(trouble))
    }
}

impl MemoryBlobs {
    /// Changes the weather.
    pub fn turn(&self, weather: BlobWeather) {
        self.weather.send_replace(weather);
    }

    /// The keys of all that lies there.
    pub fn keys(&self) -> Vec<String> {
        self.kept().keys().cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Bytes>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The weather, once it is not hanging.
    async fn settled(&self) -> BlobWeather {
        let mut weather = self.weather.subscribe();
        let settled = weather.wait_for(|weather| *weather != BlobWeather::Hanging).await;
        settled.map_or(BlobWeather::Fine, |weather| *weather)
    }

    async fn writable(&self) -> Result<(), BlobError> {
        if self.settled().await == BlobWeather::Full {
            Err(Trouble::Full.into())
        } else {
            Ok(())
        }
    }
}

#[async_trait::async_trait]
impl BlobStore for MemoryBlobs {
    async fn put(
        &self,
        key: &BlobKey,
        file_name: &str,
        acceptance: &Acceptance,
        mut body: ByteStream<'_>,
    ) -> Result<StoredBlob, BlobError> {
        let mut bytes: Vec<u8> = Vec::new();
        while let Some(piece) = body.next().await {
            bytes.extend_from_slice(&piece?);
            if bytes.len() as u64 > acceptance.max_bytes {
                return Err(BlobError::TooLarge {
                    max_bytes: acceptance.max_bytes,
                });
            }
        }
        let found = kind::of(&bytes, file_name);
        let media_type = found
            .filter(|found| acceptance.types.contains(found))
            .ok_or(BlobError::Type(found))?;
        self.writable().await?;
        let stored = StoredBlob {
            size: bytes.len() as u64,
            sha256: Sha256::digest(&bytes).into(),
            media_type,
        };
        self.kept().insert(key.as_str().to_owned(), Bytes::from(bytes));
        Ok(stored)
    }

    async fn get(&self, key: &BlobKey, range: Option<ByteRange>) -> Result<ByteStream<'static>, BlobError> {
        self.settled().await;
        let bytes = self
            .kept()
            .get(key.as_str())
            .cloned()
            .ok_or(BlobError::NotFound)?;
        let part = match range {
            None => bytes,
            Some(ByteRange { first, last }) => {
                let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
                let (first, end) = (place(first), place(last).saturating_add(1).min(bytes.len()));
                if first >= end {
                    return Err(Trouble::Range.into());
                }
                bytes.slice(first..end)
            }
        };
        Ok(stream::iter([Ok(part)]).boxed())
    }

    async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        self.settled().await;
        self.kept().remove(key.as_str());
        Ok(())
    }

    async fn check(&self) -> Result<(), BlobError> {
        self.writable().await
    }
}

#[cfg(test)]
mod tests;
