//! A body that is refused, breaks off or is left alone leaves nothing behind.

use std::sync::{Arc, atomic::Ordering};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_ports::blob_store::{Acceptance, BlobError, BlobStore as _, ByteStream, StreamError};

use super::{MEGABYTE, body, files_below, in_faulty, is_empty, key, on_disk, on_s3, picture, up_to};
use crate::{
    landing::PART,
    store::{ObjectBlobStore, faulty::Fault},
};

/// A body that breaks off at its end.
fn broken_body(content: &[u8]) -> ByteStream<'static> {
    body(content)
        .chain(stream::iter([Err(StreamError::BrokenOff)]))
        .boxed()
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
async fn what_is_refused_leaves_nothing_on_disk() {
    let (folder, store) = on_disk();
    refuses(&store, async || files_below(folder.path()).is_empty()).await;
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
