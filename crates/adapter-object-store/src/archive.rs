//! ZIP archives as a stream.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use ipt_ports::{
    archive::{ArchiveError, ArchiveWriter, Archives},
    blob_store::{ByteStream, StreamError},
};
use tokio::sync::mpsc;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// How many bytes are taken in one go, and about how many go out in one piece.
const PIECE: usize = 64 * 1024;

/// How many pieces wait for the reader before the writer waits.
const AHEAD: usize = 4;

/// Makes ZIP archives (PKWARE's APPNOTE 6.3). They are written from the front to the back: the size of each file stands behind
/// it, and all names at the end.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZipArchives;

impl Archives for ZipArchives {
    fn zip(&self) -> (Box<dyn ArchiveWriter>, ByteStream<'static>) {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let out = Out::default();
        let writer = Writer {
            zip: ZipWriter::new_stream(out.clone()),
            out,
            sender,
        };
        let bytes = stream::unfold(Some(receiver), |receiver| async {
            let mut receiver = receiver?;
            match receiver.recv().await {
                Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(receiver))),
                Some(Piece::End) => None,
                None => Some((Err(StreamError::BrokenOff), None)),
            }
        });
        (Box::new(writer), bytes.boxed())
    }
}

/// What goes to the reader.
enum Piece {
    Bytes(Bytes),
    End,
}

/// Where the archive is written to before it goes out.
#[derive(Clone, Debug, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);

impl Out {
    /// What has gathered, once it is more than `least`.
    fn take(&self, least: usize) -> Option<Bytes> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (gathered.len() > least).then(|| Bytes::from(std::mem::take(&mut *gathered)))
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Writer {
    zip: ZipWriter<StreamWriter<Out>>,
    out: Out,
    sender: mpsc::Sender<Piece>,
}

impl Writer {
    async fn pass_on(&self, least: usize) -> Result<(), ArchiveError> {
        match self.out.take(least) {
            Some(bytes) => send(&self.sender, Piece::Bytes(bytes)).await,
            None => Ok(()),
        }
    }
}

async fn send(sender: &mpsc::Sender<Piece>, piece: Piece) -> Result<(), ArchiveError> {
    sender.send(piece).await.map_err(|_| ArchiveError::Closed)
}

fn form(error: impl std::error::Error + Send + Sync + 'static) -> ArchiveError {
    ArchiveError::Form(Box::new(error))
}

#[async_trait::async_trait]
impl ArchiveWriter for Writer {
    async fn begin(&mut self, name: &str, packed: bool) -> Result<(), ArchiveError> {
        let method = if packed {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip.start_file(name, options).map_err(form)?;
        self.pass_on(PIECE).await
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        for piece in bytes.chunks(PIECE) {
            self.zip.write_all(piece).map_err(form)?;
            self.pass_on(PIECE).await?;
        }
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), ArchiveError> {
        let Self { zip, out, sender } = *self;
        drop(zip.finish().map_err(form)?);
        if let Some(bytes) = out.take(0) {
            send(&sender, Piece::Bytes(bytes)).await?;
        }
        send(&sender, Piece::End).await
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use futures_util::{TryStreamExt as _, future::join};

    use super::*;

    #[tokio::test]
    async fn what_is_written_is_read_by_every_program_that_reads_zip() {
        let (mut writer, bytes) = ZipArchives.zip();
        let long: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
        let write = async {
            writer.begin("README.txt", true).await?;
            writer.write("Habari \u{1f44b}".as_bytes()).await?;
            writer.begin("attachments/photo of \u{f6}.png", false).await?;
            writer.write(&long).await?;
            writer.begin("empty.json", true).await?;
            assert!(
                writer.begin("README.txt", true).await.is_err(),
                "a name is taken once"
            );
            writer.finish().await
        };
        let (written, read) = join(write, bytes.try_collect::<Vec<Bytes>>()).await;
        written.unwrap();
        let pieces = read.unwrap();
        assert!(
            pieces.iter().all(|piece| piece.len() <= 4 * PIECE),
            "it goes out in pieces"
        );
        let mut archive = zip::ZipArchive::new(io::Cursor::new(pieces.concat())).unwrap();
        let mut content = |name: &str| {
            let mut bytes = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(content("README.txt"), "Habari \u{1f44b}".as_bytes());
        assert!(content("attachments/photo of \u{f6}.png") == long);
        assert!(content("empty.json").is_empty());
    }

    #[tokio::test]
    async fn an_archive_that_is_not_finished_is_seen_to_be_broken_off() {
        let (mut writer, bytes) = ZipArchives.zip();
        writer.begin("README.txt", true).await.unwrap();
        writer.write(b"Habari").await.unwrap();
        drop(writer);
        assert!(matches!(
            bytes.try_collect::<Vec<Bytes>>().await,
            Err(StreamError::BrokenOff)
        ));
    }

    #[tokio::test]
    async fn a_reader_that_goes_away_stops_the_writer() {
        let (mut writer, bytes) = ZipArchives.zip();
        drop(bytes);
        writer.begin("zeros", false).await.unwrap();
        let error = writer.write(&vec![0; 1_000_000]).await.unwrap_err();
        assert!(matches!(error, ArchiveError::Closed));
    }
}
