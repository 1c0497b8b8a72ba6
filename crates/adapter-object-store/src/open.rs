//! From an address to a store.

use std::{
    fs::DirBuilder, io, os::unix::fs::DirBuilderExt, path::Path as FilePath, sync::Arc, time::Duration,
};

use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    local::LocalFileSystem,
    path::Path,
};

use crate::{address::Address, local_rest::LocalRest, store::ObjectBlobStore};

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is not one.
    #[error("the address of the file store must be file:///folder or s3://bucket/prefix")]
    Address,
    /// The folder cannot be made or used.
    #[error("the folder {path} of the file store: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// What went wrong.
        source: io::Error,
    },
    /// The settings of the store do not fit together.
    #[error("the settings of the file store: {0}")]
    Settings(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ObjectBlobStore {
    /// Opens the store at `address`: `file:///folder`, which is made when it is missing (only its owner can enter it
    /// then), or `s3://bucket/prefix`. `options` are the usual `AWS_…` variables as name and value, any letter case:
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL` and so on; those that mean nothing
    /// here are passed over. An endpoint with `http://` is taken at its word.
    ///
    /// Nothing is asked of the store yet; that is what `check` is for.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open<'a>(
        address: &str,
        options: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, OpenError> {
        match Address::parse(address).ok_or(OpenError::Address)? {
            Address::Folder(folder) => open_folder(&folder),
            Address::Bucket { bucket, prefix } => open_bucket(&bucket, &prefix, options),
        }
    }
}

fn open_folder(folder: &FilePath) -> Result<ObjectBlobStore, OpenError> {
    let failed = |source| OpenError::Folder {
        path: folder.display().to_string(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(failed)?;
    let folder = folder.canonicalize().map_err(failed)?;
    let store = LocalFileSystem::new_with_prefix(&folder)
        .map_err(settings)?
        .with_fsync(true);
    Ok(ObjectBlobStore::new(
        Arc::new(store),
        Path::default(),
        LocalRest::of(Some(folder)),
    ))
}

fn open_bucket<'a>(
    bucket: &str,
    prefix: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<ObjectBlobStore, OpenError> {
    let options: Vec<(AmazonS3ConfigKey, &str)> = options
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_ascii_lowercase().parse().ok()?, value)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let plain = options.iter().any(|(key, value)| {
        matches!(key, AmazonS3ConfigKey::Endpoint | AmazonS3ConfigKey::S3Endpoint)
            && value.starts_with("http://")
    });
    let builder = AmazonS3Builder::new()
        .with_client_options(client(plain))
        .with_retry(retries())
        // One request per object: not every store of this kind knows the one for many.
        .with_disable_bulk_delete(true);
    let builder = options
        .into_iter()
        .fold(builder, |builder, (key, value)| builder.with_config(key, value));
    let store: Arc<dyn ObjectStore> = Arc::new(builder.with_bucket_name(bucket).build().map_err(settings)?);
    let prefix = Path::from_url_path(prefix).map_err(settings)?;
    Ok(ObjectBlobStore::new(store, prefix, LocalRest::default()))
}

/// A store that hangs is given up after 6 seconds of silence. There is no limit on a whole request: a download lasts as
/// long as its reader takes; every step of an upload has its own limit.
fn client(plain_http: bool) -> ClientOptions {
    ClientOptions::new()
        .with_connect_timeout(Duration::from_secs(3))
        .with_read_timeout(Duration::from_secs(6))
        .with_timeout_disabled()
        .with_allow_http(plain_http)
}

/// Two more tries, and none that begins more than 8 seconds after the first.
fn retries() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(1),
            base: 2.0,
        },
        max_retries: 2,
        retry_timeout: Duration::from_secs(8),
    }
}

fn settings(error: impl std::error::Error + Send + Sync + 'static) -> OpenError {
    OpenError::Settings(Box::new(error))
}

#[cfg(test)]
mod tests;
