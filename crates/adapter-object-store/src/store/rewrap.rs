//! Replacing the master key.

use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use ipt_ports::blob_store::{BlobError, ByteStream};
use object_store::{GetRange, MultipartUpload, ObjectStoreExt as _, path::Path};

use super::{
    ObjectBlobStore, PROBE,
    reading::{pieces, read_head},
};
use crate::{
    crypt::{HEAD, Head, MasterKeys, Sealing},
    errors::{unavailable, within, writing},
    landing::{ANSWER, PART},
};

/// What became of the objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many lay under the current key already.
    pub current: u64,
    /// How many had another key, and have the current one now.
    pub rewrapped: u64,
    /// How many lay in clear, and are encrypted now.
    pub encrypted: u64,
}

/// The store has no key.
#[derive(Debug, thiserror::Error)]
#[error("there is no key to encrypt with")]
struct NoKey;

impl ObjectBlobStore {
    /// Puts every object under the current key: of those that are encrypted only the head is made anew, those in clear are
    /// encrypted. Each appears in its place at once; when this breaks off, it can be begun anew. It can run beside a server that
    /// has both keys.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], also for an object that was changed, or whose key is not among those that are set.
    pub async fn rewrap(&self) -> Result<Rewrapped, BlobError> {
        let keys = self.keys.as_ref().ok_or_else(|| unavailable(NoKey))?;
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let mut objects = self.store.list(prefix);
        let mut done = Rewrapped::default();
        while let Some(object) = within(ANSWER, objects.try_next()).await? {
            let Some(place) = self.place(&object.location) else {
                continue;
            };
            match self.put_under(keys, &object.location, &place, &mut done).await {
                // Removed meanwhile.
                Err(BlobError::NotFound) => {}
                other => other?,
            }
        }
        Ok(done)
    }

    /// The key of an object, as callers have it; none for what is none of theirs.
    fn place(&self, path: &Path) -> Option<String> {
        let parts: Vec<_> = path.prefix_match(&self.prefix)?.collect();
        let place = parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/");
        (place != PROBE && !place.contains('#')).then_some(place)
    }

    async fn put_under(
        &self,
        keys: &MasterKeys,
        path: &Path,
        place: &str,
        done: &mut Rewrapped,
    ) -> Result<(), BlobError> {
        let (beginning, _) = self.beginning(path).await?;
        if !Head::is_marked(&beginning) {
            let found = self.ask(path, None).await?;
            let sealed = sealed(keys, place, pieces(found).boxed())?;
            self.replace(path, sealed).await?;
            done.encrypted += 1;
        } else if Head::is_current(&beginning, keys) {
            done.current += 1;
        } else {
            let head = read_head(&beginning, keys, place)?
                .wrap(keys, place)
                .map_err(unavailable)?;
            let found = self.ask(path, Some(GetRange::Offset(HEAD as u64))).await?;
            let head = stream::iter([Ok(Bytes::copy_from_slice(&head))]);
            self.replace(path, head.chain(pieces(found)).boxed()).await?;
            done.rewrapped += 1;
        }
        Ok(())
    }

    /// Puts other bytes in the place of an object, all at once. When it fails, the object is as it was.
    async fn replace(&self, path: &Path, bytes: ByteStream<'_>) -> Result<(), BlobError> {
        let mut upload = None;
        let replaced = self.write_over(path, bytes, &mut upload).await;
        if let (Err(_), Some(mut upload)) = (&replaced, upload) {
            // The first error is the one to tell.
            let _ = within(ANSWER, upload.abort()).await;
        }
        replaced
    }

    async fn write_over(
        &self,
        path: &Path,
        mut bytes: ByteStream<'_>,
        upload: &mut Option<Box<dyn MultipartUpload>>,
    ) -> Result<(), BlobError> {
        let mut waiting = BytesMut::new();
        while let Some(piece) = bytes.next().await {
            waiting.extend_from_slice(&piece?);
            while waiting.len() > PART {
                if upload.is_none() {
                    *upload = Some(writing(ANSWER, self.store.put_multipart(path)).await?);
                }
                let part = waiting.split_to(PART).freeze();
                if let Some(upload) = upload {
                    writing(ANSWER, upload.put_part(part.into())).await?;
                }
            }
        }
        let last = waiting.freeze();
        match upload {
            Some(upload) => {
                writing(ANSWER, upload.put_part(last.into())).await?;
                writing(ANSWER, upload.complete()).await?;
            }
            None => {
                writing(ANSWER, self.store.put(path, last.into())).await?;
            }
        }
        Ok(())
    }
}

/// What lies in clear, encrypted while it passes.
fn sealed(
    keys: &MasterKeys,
    place: &str,
    plain: ByteStream<'static>,
) -> Result<ByteStream<'static>, BlobError> {
    let head = Head::generate().map_err(unavailable)?;
    let beginning = Bytes::copy_from_slice(&head.wrap(keys, place).map_err(unavailable)?);
    let seal = Sealing::new(&head).map_err(unavailable)?;
    let tampered = |error| ipt_ports::blob_store::StreamError::Store(Box::new(error));
    let body = stream::try_unfold(Some((seal, plain)), move |state| async move {
        let Some((mut seal, mut plain)) = state else {
            return Ok(None);
        };
        match plain.next().await {
            Some(piece) => {
                let sealed = seal.take(&piece?).map_err(tampered)?;
                Ok(Some((Bytes::from(sealed), Some((seal, plain)))))
            }
            None => Ok(Some((Bytes::from(seal.finish().map_err(tampered)?), None))),
        }
    });
    Ok(stream::iter([Ok(beginning)]).chain(body).boxed())
}
