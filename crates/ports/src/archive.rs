//! Archives of many files in one, written as a stream.

use crate::blob_store::ByteStream;

/// Why an archive could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Whoever reads the archive has stopped.
    #[error("nobody reads the archive any more")]
    Closed,
    /// The form of the archive does not allow it.
    #[error("the archive cannot take this")]
    Form(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Makes archives.
pub trait Archives: Send + Sync {
    /// A ZIP: whoever writes it, and its bytes as they come. Both sides go on together: little of it is in memory at a time, so
    /// that a writer waits for the reader.
    fn zip(&self) -> (Box<dyn ArchiveWriter>, ByteStream<'static>);
}

/// Writes an archive, one file after the other. Dropped before [`finish`](ArchiveWriter::finish), it leaves its reader with a
/// stream that broke off.
#[async_trait::async_trait]
pub trait ArchiveWriter: Send {
    /// Begins the next file. `packed` is whether its bytes are worth compressing.
    ///
    /// # Errors
    /// [`ArchiveError`], also for a name that is taken.
    async fn begin(&mut self, name: &str, packed: bool) -> Result<(), ArchiveError>;

    /// Adds bytes to the file that was begun last.
    ///
    /// # Errors
    /// [`ArchiveError`].
    async fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError>;

    /// Ends the archive.
    ///
    /// # Errors
    /// [`ArchiveError`].
    async fn finish(self: Box<Self>) -> Result<(), ArchiveError>;
}
