//! The store on disk, in a bucket, and over one that fails where a test wants it to.

use std::path::Path as FilePath;

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_testkit::s3::S3Server;
use object_store::memory::InMemory;
use tempfile::TempDir;

use super::{
    faulty::{Fault, Faulty, Seen},
    *,
};

mod keeping;
mod leaving_nothing;
mod outages;

const MEGABYTE: usize = 1024 * 1024;

fn key() -> BlobKey {
    BlobKey::parse("0197/attachment-1").unwrap()
}

fn up_to(max_bytes: usize) -> Acceptance {
    Acceptance {
        max_bytes: max_bytes as u64,
        types: AttachmentType::ALL.to_vec(),
    }
}

/// A PNG of `size` bytes, none like its neighbour.
fn picture(size: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((bytes.len()..size).map(|at| u8::try_from((at / 251 + at) % 256).unwrap()));
    bytes
}

/// A body in pieces of 100 kB.
fn body(content: &[u8]) -> ByteStream<'static> {
    let pieces: Vec<_> = content
        .chunks(100_000)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    stream::iter(pieces).boxed()
}

async fn read(store: &ObjectBlobStore, range: Option<ByteRange>) -> Vec<u8> {
    let pieces: Vec<Bytes> = store
        .get(&key(), range)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

fn on_disk() -> (TempDir, ObjectBlobStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = ObjectBlobStore::open(&format!("file://{}", folder.path().display()), []).unwrap();
    (folder, store)
}

fn files_below(folder: &FilePath) -> Vec<String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path.display().to_string()]
            }
        })
        .collect()
}

async fn on_s3(endpoint_key: &str, prefix: &str) -> (S3Server, ObjectBlobStore) {
    let server = S3Server::start().await;
    let endpoint = server.endpoint();
    let options = [
        ("AWS_ACCESS_KEY_ID", server.access_key()),
        ("AWS_SECRET_ACCESS_KEY", server.secret_key()),
        ("AWS_REGION", server.region()),
        ("AWS_PAGER", "less"),
        ("AWS_BUCKET", "another"),
        (endpoint_key, endpoint.as_str()),
    ];
    let store = ObjectBlobStore::open(&format!("s3://{}/{prefix}", server.bucket()), options).unwrap();
    (server, store)
}

fn in_faulty(fault: Fault) -> (Arc<InMemory>, Arc<Seen>, ObjectBlobStore) {
    let (memory, seen) = (Arc::new(InMemory::new()), Arc::new(Seen::default()));
    let faulty = Faulty {
        memory: Arc::clone(&memory),
        fault,
        seen: Arc::clone(&seen),
    };
    (
        memory,
        seen,
        ObjectBlobStore::new(Arc::new(faulty), Path::default(), LocalRest::default()),
    )
}

async fn is_empty(memory: &InMemory) -> bool {
    memory
        .list(None)
        .try_collect::<Vec<_>>()
        .await
        .unwrap()
        .is_empty()
}
