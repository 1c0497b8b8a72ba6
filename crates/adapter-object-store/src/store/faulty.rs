//! A store in memory that fails or hangs where a test wants it to.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use futures_util::{FutureExt, stream::BoxStream};
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, UploadPart, memory::InMemory, path::Path,
};
use tokio::sync::Notify;

/// Where it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    PutFails,
    /// It is stored, but the answer is lost.
    PutAnswerIsLost,
    /// The bucket is gone.
    PutFindsNothing,
    PutHangs,
    PutWaits,
    PartFails,
    PartHangs,
    CompleteFails,
    CompleteHangs,
}

/// What the test sees of it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) aborted: AtomicUsize,
    pub(super) putting: AtomicBool,
    pub(super) put: AtomicBool,
    pub(super) go_on: Notify,
}

#[derive(Debug)]
pub(super) struct Faulty {
    pub(super) memory: Arc<InMemory>,
    pub(super) fault: Fault,
    pub(super) seen: Arc<Seen>,
}

fn failure() -> object_store::Error {
    object_store::Error::Generic {
        store: "Faulty",
        source: "no space left on device".into(),
    }
}

impl std::fmt::Display for Faulty {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Faulty")
    }
}

#[async_trait::async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(&self, path: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        match self.fault {
            Fault::PutFails => Err(failure()),
            Fault::PutFindsNothing => Err(object_store::Error::NotFound {
                path: path.to_string(),
                source: "NoSuchBucket".into(),
            }),
            Fault::PutHangs => std::future::pending().await,
            Fault::PutAnswerIsLost => {
                self.memory.put_opts(path, payload, options).await?;
                Err(failure())
            }
            Fault::PutWaits => {
                self.seen.putting.store(true, Ordering::SeqCst);
                self.seen.go_on.notified().await;
                let done = self.memory.put_opts(path, payload, options).await;
                self.seen.put.store(true, Ordering::SeqCst);
                done
            }
            _ => self.memory.put_opts(path, payload, options).await,
        }
    }

    async fn put_multipart_opts(
        &self,
        path: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        let inner = self.memory.put_multipart_opts(path, options).await?;
        Ok(Box::new(FaultyUpload {
            inner,
            fault: self.fault,
            seen: Arc::clone(&self.seen),
        }))
    }

    async fn get_opts(&self, path: &Path, options: GetOptions) -> Result<GetResult> {
        self.memory.get_opts(path, options).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.memory.delete_stream(paths)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.memory.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.memory.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.memory.copy_opts(from, to, options).await
    }
}

#[derive(Debug)]
struct FaultyUpload {
    inner: Box<dyn MultipartUpload>,
    fault: Fault,
    seen: Arc<Seen>,
}

#[async_trait::async_trait]
impl MultipartUpload for FaultyUpload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        match self.fault {
            Fault::PartFails => std::future::ready(Err(failure())).boxed(),
            Fault::PartHangs => std::future::pending().boxed(),
            _ => self.inner.put_part(data),
        }
    }

    async fn complete(&mut self) -> Result<PutResult> {
        match self.fault {
            Fault::CompleteFails => Err(failure()),
            Fault::CompleteHangs => std::future::pending().await,
            _ => self.inner.complete().await,
        }
    }

    async fn abort(&mut self) -> Result<()> {
        self.seen.aborted.fetch_add(1, Ordering::SeqCst);
        self.inner.abort().await
    }
}
