use std::{path::Path as FilePath, sync::atomic::Ordering, time::Duration};

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_ports::blob_store::StreamError;
use ipt_testkit::s3::S3Server;
use object_store::memory::InMemory;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{
    faulty::{Fault, Faulty, Seen},
    *,
};
use crate::landing::PART;

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

/// A body that breaks off at its end.
fn broken_body(content: &[u8]) -> ByteStream<'static> {
    body(content)
        .chain(stream::iter([Err(StreamError::BrokenOff)]))
        .boxed()
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

/// Small, just one part, one part and a byte, several parts.
const SIZES: [usize; 5] = [100, PART - 1, PART, PART + 1, 3 * PART + 17];

async fn stores_and_reads(store: &ObjectBlobStore) {
    for size in SIZES {
        let content = picture(size);
        let stored = store
            .put(&key(), "photo.jpg", &up_to(size), body(&content))
            .await
            .unwrap();
        let expected = StoredBlob {
            size: size as u64,
            sha256: Sha256::digest(&content).into(),
            media_type: AttachmentType::Png,
        };
        assert_eq!(stored, expected);
        assert!(
            read(store, None).await == content,
            "{size} bytes came back changed"
        );
    }
}

async fn reads_ranges(store: &ObjectBlobStore) {
    let content = picture(3 * MEGABYTE);
    store
        .put(&key(), "photo.png", &up_to(3 * MEGABYTE), body(&content))
        .await
        .unwrap();
    let size = content.len() as u64;
    for (first, last) in [
        (0, 0),
        (0, 99),
        (1_000_000, 2_000_000),
        (size - 1, size - 1),
        (size - 10, size + 100),
        (5, u64::MAX),
    ] {
        let range =
            usize::try_from(first).unwrap()..usize::try_from(last.saturating_add(1).min(size)).unwrap();
        assert!(
            read(store, Some(ByteRange { first, last })).await == content[range],
            "{first} to {last}"
        );
    }
    let beyond = store
        .get(
            &key(),
            Some(ByteRange {
                first: size,
                last: size,
            }),
        )
        .await;
    assert!(matches!(beyond, Err(BlobError::Unavailable(_))));
}

async fn deletes(store: &ObjectBlobStore) {
    store
        .put(&key(), "a.txt", &up_to(100), body(b"habari"))
        .await
        .unwrap();
    store.delete(&key()).await.unwrap();
    assert!(matches!(store.get(&key(), None).await, Err(BlobError::NotFound)));
    store.delete(&key()).await.unwrap();
}

/// Each way to be refused, with a short body and with one of several parts.
async fn refuses(store: &ObjectBlobStore, nothing_left: impl AsyncFn() -> bool) {
    for size in [1_000, 2 * PART + 1] {
        let content = picture(size);
        let too_large = store.put(&key(), "a.png", &up_to(size - 1), body(&content)).await;
        assert!(matches!(too_large, Err(BlobError::TooLarge { max_bytes }) if max_bytes == size as u64 - 1));
        assert!(nothing_left().await, "too large, of {size} bytes");

        let broken = store
            .put(&key(), "a.png", &up_to(size), broken_body(&content))
            .await;
        assert!(matches!(broken, Err(BlobError::Stream(StreamError::BrokenOff))));
        assert!(nothing_left().await, "broken off, of {size} bytes");

        let pdf_only = Acceptance {
            types: vec![AttachmentType::Pdf],
            ..up_to(size)
        };
        let another_kind = store.put(&key(), "a.pdf", &pdf_only, body(&content)).await;
        assert!(matches!(
            another_kind,
            Err(BlobError::Type(Some(AttachmentType::Png)))
        ));
        assert!(nothing_left().await, "of another kind, of {size} bytes");

        let mut text = vec![b'a'; size];
        text[size - 1] = 0;
        let no_kind = store.put(&key(), "a.txt", &up_to(size), body(&text)).await;
        assert!(matches!(no_kind, Err(BlobError::Type(None))));
        assert!(nothing_left().await, "of no known kind, of {size} bytes");
    }
}

#[tokio::test]
async fn what_is_stored_on_disk_is_what_is_read() {
    let (folder, store) = on_disk();
    stores_and_reads(&store).await;
    assert_eq!(
        files_below(folder.path()),
        [folder.path().join("0197/attachment-1").display().to_string()]
    );
    reads_ranges(&store).await;
    deletes(&store).await;
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_on_disk() {
    let (folder, store) = on_disk();
    refuses(&store, async || files_below(folder.path()).is_empty()).await;
}

#[tokio::test]
async fn what_is_stored_in_a_bucket_is_what_is_read() {
    let (server, store) = on_s3("AWS_ENDPOINT_URL", "ipt/live").await;
    stores_and_reads(&store).await;
    assert_eq!(
        server.stored("ipt/live/0197/attachment-1").unwrap().len(),
        SIZES[4]
    );
    reads_ranges(&store).await;
    deletes(&store).await;
    assert_eq!(server.stored("ipt/live/0197/attachment-1"), None);
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_in_a_bucket() {
    let (server, store) = on_s3("aws_endpoint_url_s3", "").await;
    refuses(&store, async || server.stored("0197/attachment-1").is_none()).await;
}

#[tokio::test]
async fn an_upload_that_was_begun_is_ended_when_the_body_is_refused() {
    let (memory, seen, store) = in_faulty(Fault::None);
    refuses(&store, async || is_empty(&memory).await).await;
    // Of the long bodies: too large, broken off, of no known kind. The one of another kind is refused before.
    assert_eq!(seen.aborted.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let (folder, store) = on_disk();
    let endless = stream::repeat_with(|| Ok(Bytes::from(vec![b'a'; 100_000]))).boxed();
    let refused = store.put(&key(), "a.txt", &up_to(7 * MEGABYTE), endless).await;
    assert!(matches!(refused, Err(BlobError::TooLarge { .. })));
    assert!(files_below(folder.path()).is_empty());
}

#[tokio::test]
async fn a_last_step_that_fails_on_disk_leaves_no_unfinished_file() {
    let (folder, store) = on_disk();
    // A folder in the place of the file keeps it from getting its name.
    std::fs::create_dir_all(folder.path().join("0197/attachment-1")).unwrap();
    for size in [100, 2 * PART] {
        let failed = store
            .put(&key(), "a.png", &up_to(size), body(&picture(size)))
            .await;
        assert!(matches!(failed, Err(BlobError::Unavailable(_))), "{failed:?}");
        assert_eq!(files_below(folder.path()), Vec::<String>::new(), "{size} bytes");
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_nothing_on_disk() {
    let (folder, store) = on_disk();
    let store = Arc::new(store);
    let stalled = body(&picture(2 * PART + 1)).chain(stream::pending()).boxed();
    let upload = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.put(&key(), "a.png", &up_to(100 * MEGABYTE), stalled).await }
    });
    while files_below(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
    upload.abort();
    assert!(upload.await.unwrap_err().is_cancelled());
    while !files_below(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_at_the_last_step_leaves_nothing() {
    let (memory, seen, store) = in_faulty(Fault::PutWaits);
    let upload = tokio::spawn(async move { store.put(&key(), "a.txt", &up_to(100), body(b"habari")).await });
    while !seen.putting.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    upload.abort();
    assert!(upload.await.unwrap_err().is_cancelled());
    assert!(is_empty(&memory).await);
    seen.go_on.notify_one();
    // The last step is not to be stopped, and is undone.
    while !seen.put.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    while !is_empty(&memory).await {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_or_hangs_is_unavailable_within_half_a_minute_and_keeps_nothing() {
    for (fault, size, aborted) in [
        (Fault::PutFails, 100, 0),
        (Fault::PutAnswerIsLost, 100, 0),
        (Fault::PutFindsNothing, 100, 0),
        (Fault::PutHangs, 100, 0),
        (Fault::PartFails, 2 * PART, 1),
        (Fault::PartHangs, 2 * PART, 1),
        (Fault::CompleteFails, 2 * PART, 1),
        (Fault::CompleteHangs, 2 * PART, 1),
    ] {
        let (memory, seen, store) = in_faulty(fault);
        let began = tokio::time::Instant::now();
        let failed = store
            .put(&key(), "a.png", &up_to(size), body(&picture(size)))
            .await;
        assert!(
            matches!(failed, Err(BlobError::Unavailable(_))),
            "{fault:?}: {failed:?}"
        );
        assert!(
            began.elapsed() < Duration::from_secs(25),
            "{fault:?} took {:?}",
            began.elapsed()
        );
        assert!(is_empty(&memory).await, "{fault:?} left something behind");
        assert_eq!(seen.aborted.load(Ordering::SeqCst), aborted, "{fault:?}");
    }
}

#[tokio::test]
async fn a_healthy_store_passes_its_check_and_keeps_nothing_of_it() {
    let (folder, store) = on_disk();
    store.check().await.unwrap();
    assert!(files_below(folder.path()).is_empty());

    let (server, store) = on_s3("AWS_ENDPOINT", "live").await;
    store.check().await.unwrap();
    assert_eq!(server.stored("live/_probe"), None);

    let (_, _, store) = in_faulty(Fault::None);
    let checks = futures_util::future::join_all((0..10).map(|_| store.check())).await;
    assert!(checks.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_full_or_missing_store_is_unavailable_and_keeps_nothing() {
    let (server, store) = on_s3("AWS_ENDPOINT_URL", "").await;
    server.fail(true);
    assert!(matches!(store.check().await, Err(BlobError::Unavailable(_))));
    for size in [100, 2 * PART] {
        let failed = store
            .put(&key(), "a.png", &up_to(size), body(&picture(size)))
            .await;
        assert!(matches!(failed, Err(BlobError::Unavailable(_))), "{failed:?}");
    }
    assert!(matches!(
        store.get(&key(), None).await,
        Err(BlobError::Unavailable(_))
    ));
    server.fail(false);
    assert_eq!(server.stored("0197/attachment-1"), None);
    assert!(matches!(store.get(&key(), None).await, Err(BlobError::NotFound)));

    let endpoint = server.endpoint();
    drop(server);
    let options = [
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", "a"),
        ("AWS_SECRET_ACCESS_KEY", "b"),
    ];
    let gone = ObjectBlobStore::open("s3://attachments", options).unwrap();
    assert!(matches!(gone.check().await, Err(BlobError::Unavailable(_))));
    let failed = gone.put(&key(), "a.txt", &up_to(100), body(b"habari")).await;
    assert!(matches!(failed, Err(BlobError::Unavailable(_))));
}

#[tokio::test]
async fn a_bucket_that_is_gone_or_a_wrong_secret_is_unavailable() {
    let (_, _, gone) = in_faulty(Fault::PutFindsNothing);
    let server = S3Server::start().await;
    let endpoint = server.endpoint();
    let options = [
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", server.access_key()),
        ("AWS_SECRET_ACCESS_KEY", "wrong"),
    ];
    let locked = ObjectBlobStore::open(&format!("s3://{}", server.bucket()), options).unwrap();
    for store in [gone, locked] {
        assert!(matches!(store.check().await, Err(BlobError::Unavailable(_))));
        let failed = store.put(&key(), "a.txt", &up_to(100), body(b"habari")).await;
        assert!(matches!(failed, Err(BlobError::Unavailable(_))), "{failed:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_bucket_server_that_takes_connections_and_never_answers_is_given_up() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let options = [
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", "a"),
        ("AWS_SECRET_ACCESS_KEY", "b"),
    ];
    let store = ObjectBlobStore::open("s3://attachments", options).unwrap();
    let began = tokio::time::Instant::now();
    assert!(matches!(store.check().await, Err(BlobError::Unavailable(_))));
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn the_folder_is_made_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new/files");
    ObjectBlobStore::open(&format!("file://{}", folder.display()), []).unwrap();
    assert_eq!(
        std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_that_names_it() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = ObjectBlobStore::open(&format!("file://{}/files", file.display()), []).unwrap_err();
    assert!(error.to_string().contains("file/files"), "{error}");
}

#[test]
fn the_credentials_are_not_printed() {
    let options = [
        ("AWS_ACCESS_KEY_ID", "the-key"),
        ("AWS_SECRET_ACCESS_KEY", "the-secret"),
    ];
    let store = ObjectBlobStore::open("s3://attachments/live", options).unwrap();
    let printed = format!("{store:?}");
    assert!(
        printed.contains("attachments") && !printed.contains("the-key") && !printed.contains("the-secret"),
        "{printed}"
    );
}
