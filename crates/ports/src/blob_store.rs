//! Where the bytes of attachments lie.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use ipt_domain::placement::attachment_type::AttachmentType;

/// Where a blob lies: made by the application, never from a name that a person gave.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey(String);

impl BlobKey {
    /// A key of slash-separated segments of lower-case letters, digits and hyphens.
    ///
    /// # Errors
    /// [`BlobError::Key`] for anything else, so that no path can be smuggled in.
    pub fn parse(key: &str) -> Result<Self, BlobError> {
        let fine = |segment: &str| {
            !segment.is_empty()
                && segment
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if key.len() <= 300 && key.split('/').all(fine) {
            Ok(Self(key.to_owned()))
        } else {
            Err(BlobError::Key)
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stream of the bytes of a body, as they arrive.
pub type ByteStream<'a> = BoxStream<'a, Result<Bytes, StreamError>>;

/// Why a stream of bytes broke off.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The sender went away, or sent something unreadable, in the middle.
    #[error("the body broke off")]
    BrokenOff,
    /// The sender took too long.
    #[error("the body came too slowly")]
    TooSlow,
    /// Reading from the store failed.
    #[error("the store failed while reading")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is accepted.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The largest size, in bytes.
    pub max_bytes: u64,
    /// The kinds of file, by content.
    pub types: Vec<AttachmentType>,
}

/// What was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its kind, judged by its content.
    pub media_type: AttachmentType,
}

/// A part of a blob, first and last byte included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRange {
    /// The first byte.
    pub first: u64,
    /// The last byte.
    pub last: u64,
}

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The key is not of the allowed form.
    #[error("a blob's key has a form that is not allowed")]
    Key,
    /// There is no such blob.
    #[error("there is no such blob")]
    NotFound,
    /// The body is larger than accepted; nothing was kept.
    #[error("the file is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// The content is of a kind that is not accepted (none: of no known kind); nothing was kept.
    #[error("the file is of a kind that is not accepted")]
    Type(Option<AttachmentType>),
    /// The body broke off; nothing was kept.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// The store is full, gone or refuses; nothing was kept.
    #[error("the file store is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The store of attachments: local disk or S3. Bytes stream through it and are never whole in memory.
#[async_trait::async_trait]
pub trait BlobStore: Send + Sync {
    /// Stores a body under `key`, while measuring, hashing and judging its kind by its content. `file_name` only helps to
    /// tell apart kinds that have no mark of their own (plain text, CSV, DXF); it is never trusted for more.
    ///
    /// # Errors
    /// [`BlobError`]; whatever was written before is removed again.
    async fn put(
        &self,
        key: &BlobKey,
        file_name: &str,
        acceptance: &Acceptance,
        body: ByteStream<'_>,
    ) -> Result<StoredBlob, BlobError>;

    /// Reads a blob or a part of it.
    ///
    /// # Errors
    /// [`BlobError::NotFound`], [`BlobError::Unavailable`].
    async fn get(&self, key: &BlobKey, range: Option<ByteRange>) -> Result<ByteStream<'static>, BlobError>;

    /// Removes a blob; one that is gone already is no error.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`].
    async fn delete(&self, key: &BlobKey) -> Result<(), BlobError>;

    /// Whether the store can be reached and written to.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], with the reason as its source.
    async fn check(&self) -> Result<(), BlobError>;
}
