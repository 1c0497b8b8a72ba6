//! A store that is full, gone, locked or silent is told as unavailable, and before long.

use std::{sync::atomic::Ordering, time::Duration};

use ipt_ports::blob_store::{BlobError, BlobStore as _};
use ipt_testkit::s3::S3Server;

use super::{body, files_below, in_faulty, is_empty, key, on_disk, on_s3, picture, up_to};
use crate::{
    landing::PART,
    store::{ObjectBlobStore, faulty::Fault},
};

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
