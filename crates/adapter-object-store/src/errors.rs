//! What goes wrong with a store, in the words of the port.

use std::time::Duration;

use ipt_ports::blob_store::BlobError;

/// The store did not answer in time.
#[derive(Debug, thiserror::Error)]
#[error("the file store did not answer within {} seconds", .0.as_secs())]
pub(crate) struct TooSlow(Duration);

/// The store failed.
pub(crate) fn unavailable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BlobError {
    BlobError::Unavailable(error.into())
}

/// The answer of the store, if it comes within `limit`.
///
/// # Errors
/// [`BlobError::NotFound`]; [`BlobError::Unavailable`] for everything else, and for no answer.
pub(crate) async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = object_store::Result<T>>,
) -> Result<T, BlobError> {
    match tokio::time::timeout(limit, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(object_store::Error::NotFound { .. })) => Err(BlobError::NotFound),
        Ok(Err(error)) => Err(unavailable(error)),
        Err(_) => Err(unavailable(TooSlow(limit))),
    }
}

/// The same for writing, where nothing that is not found is the caller's: the bucket or the folder is gone.
///
/// # Errors
/// [`BlobError::Unavailable`].
pub(crate) async fn writing<T>(
    limit: Duration,
    answer: impl Future<Output = object_store::Result<T>>,
) -> Result<T, BlobError> {
    within(limit, answer).await.map_err(|error| match error {
        BlobError::NotFound => unavailable(error),
        error => error,
    })
}
