//! Archives in memory.

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use ipt_ports::{
    archive::{ArchiveError, ArchiveWriter, Archives},
    blob_store::{ByteStream, StreamError},
};
use tokio::sync::oneshot;

/// Archives that are the names and the bytes of their files, one after the other, behind the mark of a ZIP. Their bytes come when
/// all is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainArchives;

impl Archives for PlainArchives {
    fn zip(&self) -> (Box<dyn ArchiveWriter>, ByteStream<'static>) {
        let (sender, receiver) = oneshot::channel();
        let writer = Writer {
            bytes: b"PK\x03\x04".to_vec(),
            sender,
        };
        let bytes = stream::once(async {
            let whole: Result<Vec<u8>, _> = receiver.await;
            whole.map(Bytes::from).map_err(|_| StreamError::BrokenOff)
        });
        (Box::new(writer), bytes.boxed())
    }
}

struct Writer {
    bytes: Vec<u8>,
    sender: oneshot::Sender<Vec<u8>>,
}

#[async_trait::async_trait]
impl ArchiveWriter for Writer {
    async fn begin(&mut self, name: &str, _: bool) -> Result<(), ArchiveError> {
        self.bytes.extend_from_slice(format!("\n{name}\n").as_bytes());
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), ArchiveError> {
        let Self { bytes, sender } = *self;
        sender.send(bytes).map_err(|_| ArchiveError::Closed)
    }
}
