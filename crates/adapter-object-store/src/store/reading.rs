//! Reading objects, in clear or encrypted.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use ipt_ports::blob_store::{BlobError, BlobKey, ByteRange, ByteStream, StreamError};
use object_store::{GetOptions, GetRange, GetResult, path::Path};

use super::ObjectBlobStore;
use crate::{
    crypt::{HEAD, Head, HeadError, Layout, MasterKeys, Opening, open},
    errors::{unavailable, within},
    landing::ANSWER,
};

/// There is no such part.
#[derive(Debug, thiserror::Error)]
#[error("the object has no such range")]
struct NoRange;

impl ObjectBlobStore {
    /// Reads an object as it lies there. One that is encrypted is not given out, if it is read from its beginning.
    pub(super) async fn open_plain(
        &self,
        key: &BlobKey,
        range: Option<ByteRange>,
    ) -> Result<ByteStream<'static>, BlobError> {
        let found = self.ask(&self.path(key.as_str()), range.map(wanted)).await?;
        let mut bytes = pieces(found);
        if range.is_some_and(|range| range.first > 0) {
            return Ok(bytes.boxed());
        }
        let first = bytes.next().await;
        if matches!(&first, Some(Ok(piece)) if Head::is_marked(piece)) {
            return Err(unavailable(HeadError::UnknownKey(
                "that was in use then".to_owned(),
            )));
        }
        Ok(stream::iter(first).chain(bytes).boxed())
    }

    /// Reads an object that may be encrypted.
    pub(super) async fn open_sealed(
        &self,
        keys: &MasterKeys,
        key: &BlobKey,
        range: Option<ByteRange>,
    ) -> Result<ByteStream<'static>, BlobError> {
        let path = self.path(key.as_str());
        let (beginning, size) = self.beginning(&path).await?;
        if !Head::is_marked(&beginning) {
            let found = self.ask(&path, range.map(wanted)).await?;
            return Ok(pieces(found).boxed());
        }
        let head = read_head(&beginning, keys, key.as_str())?;
        let layout = Layout::of(size).map_err(unavailable)?;
        let range = match range {
            Some(range) => Some(layout.cut(range).ok_or_else(|| unavailable(NoRange))?),
            None => None,
        };
        let whole = ByteRange {
            first: 0,
            last: layout.plain.saturating_sub(1),
        };
        let (stored, first) = layout.stored(range.unwrap_or(whole));
        let found = self.ask(&path, Some(GetRange::Bounded(stored))).await?;
        let opening = Opening::new(&head, layout, (first, range)).map_err(unavailable)?;
        Ok(open(opening, pieces(found)))
    }

    /// The first bytes of an object, as many as a head has, and its size.
    pub(super) async fn beginning(&self, path: &Path) -> Result<(Bytes, u64), BlobError> {
        let found = self.ask(path, Some(GetRange::Bounded(0..HEAD as u64))).await?;
        let size = found.meta.size;
        Ok((within(ANSWER, found.bytes()).await?, size))
    }

    pub(super) async fn ask(&self, path: &Path, range: Option<GetRange>) -> Result<GetResult, BlobError> {
        let options = GetOptions {
            range,
            ..GetOptions::default()
        };
        within(ANSWER, self.store.get_opts(path, options)).await
    }
}

/// The head of an object, with its key.
pub(super) fn read_head(beginning: &[u8], keys: &MasterKeys, place: &str) -> Result<Head, BlobError> {
    let bytes: &[u8; HEAD] = beginning
        .try_into()
        .map_err(|_| unavailable(HeadError::Changed))?;
    Head::unwrap(bytes, keys, place).map_err(unavailable)
}

/// The bytes of an answer as they come.
pub(super) fn pieces(
    found: GetResult,
) -> impl Stream<Item = Result<Bytes, StreamError>> + Send + Unpin + 'static {
    found
        .into_stream()
        .map_err(|error| StreamError::Store(Box::new(error)))
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
