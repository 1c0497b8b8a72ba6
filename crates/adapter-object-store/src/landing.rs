//! Bytes on their way into the store.

use std::{sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use ipt_ports::blob_store::BlobError;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, path::Path};
use tokio::{runtime::Handle, task::JoinHandle};
use tracing::Instrument;

use crate::{
    errors::{unavailable, within, writing},
    local_rest::LocalRest,
};

/// A part: the least that S3 takes (but for the last), so that most attachments go as one and a long one stays small in
/// memory. All parts are of the same size, which some stores ask for.
pub(crate) const PART: usize = 5 * 1024 * 1024;

/// How long the store may take for one part, its own second tries included.
pub(crate) const ANSWER: Duration = Duration::from_secs(15);

/// How long tidying up may take.
const TIDYING: Duration = Duration::from_secs(5);

/// A place in a store, where nothing lies yet.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) path: Path,
    pub(crate) rest: LocalRest,
}

impl Place {
    /// Ends an upload of which nothing has appeared in its place yet.
    async fn abort(&self, mut upload: Box<dyn MultipartUpload>) {
        self.note(within(TIDYING, upload.abort()).await);
    }

    /// Leaves nothing there after a last step of which it is not known how far it got.
    async fn clear(&self, upload: Option<Box<dyn MultipartUpload>>) {
        if let Some(mut upload) = upload {
            // One that has failed at its very end says that it is no upload any more.
            let _ = within(TIDYING, upload.abort()).await;
        }
        self.rest.remove(self.path.as_ref()).await;
        self.note(within(TIDYING, self.store.delete(&self.path)).await);
    }

    fn note(&self, tidied: Result<(), BlobError>) {
        if let Err(error) = tidied
            && !matches!(error, BlobError::NotFound)
        {
            tracing::warn!(path = %self.path, %error, "a failed upload may have left something behind");
        }
    }
}

/// Bytes that are not there until [`Landing::finish`]; dropped before, it tidies up behind itself.
#[derive(Debug)]
pub(crate) struct Landing {
    place: Place,
    buffer: BytesMut,
    upload: Option<Box<dyn MultipartUpload>>,
}

impl Landing {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            buffer: BytesMut::new(),
            upload: None,
        }
    }

    /// Takes the next bytes, and sends a part when there is more than one.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`].
    pub(crate) async fn write(&mut self, mut bytes: &[u8]) -> Result<(), BlobError> {
        while !bytes.is_empty() {
            if self.buffer.len() == PART {
                self.send_part().await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    async fn send_part(&mut self) -> Result<(), BlobError> {
        let part = self.buffer.split().freeze();
        let upload = match &mut self.upload {
            Some(upload) => upload,
            none => none.insert(writing(ANSWER, self.place.store.put_multipart(&self.place.path)).await?),
        };
        writing(ANSWER, upload.put_part(part.into())).await
    }

    /// Makes the bytes appear in their place, all at once. The last step goes on when the caller goes away in the middle
    /// of it, and is then undone.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`]; nothing is left then.
    pub(crate) async fn finish(mut self) -> Result<(), BlobError> {
        let (place, upload, last) = (
            self.place.clone(),
            self.upload.take(),
            self.buffer.split().freeze(),
        );
        let task = tokio::spawn(settle(place.clone(), upload, last).in_current_span());
        let mut settling = Settling {
            place,
            task: Some(task),
        };
        settling.wait().await
    }

    /// Leaves nothing behind.
    pub(crate) async fn abandon(mut self) {
        if let Some(upload) = self.upload.take() {
            self.place.abort(upload).await;
        }
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if let (Some(upload), Ok(runtime)) = (self.upload.take(), Handle::try_current()) {
            let place = self.place.clone();
            runtime.spawn(async move { place.abort(upload).await });
        }
    }
}

/// The last step: the whole when it is small, else the last part and the end of the upload.
async fn settle(
    place: Place,
    upload: Option<Box<dyn MultipartUpload>>,
    last: Bytes,
) -> Result<(), BlobError> {
    let Some(mut upload) = upload else {
        let done = writing(ANSWER, place.store.put(&place.path, last.into())).await;
        if done.is_err() {
            place.clear(None).await;
        }
        return done.map(drop);
    };
    let done = writing(ANSWER, async {
        if !last.is_empty() {
            upload.put_part(last.into()).await?;
        }
        upload.complete().await
    })
    .await;
    if done.is_err() {
        place.clear(Some(upload)).await;
    }
    done.map(drop)
}

/// The last step under way.
struct Settling {
    place: Place,
    task: Option<JoinHandle<Result<(), BlobError>>>,
}

impl Settling {
    async fn wait(&mut self) -> Result<(), BlobError> {
        let Some(task) = &mut self.task else { return Ok(()) };
        let done = task.await;
        self.task = None;
        done.map_err(unavailable)?
    }
}

impl Drop for Settling {
    fn drop(&mut self) {
        if let (Some(task), Ok(runtime)) = (self.task.take(), Handle::try_current()) {
            let place = self.place.clone();
            runtime.spawn(async move {
                if let Ok(Ok(())) = task.await {
                    place.clear(None).await;
                }
            });
        }
    }
}
