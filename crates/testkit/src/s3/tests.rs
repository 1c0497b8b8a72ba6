//! The server, spoken to by the client library that the platform uses.

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ObjectStoreExt as _, RetryConfig};

use super::*;

fn client(server: &S3Server, secret_key: &str) -> AmazonS3 {
    let no_retry = RetryConfig {
        max_retries: 0,
        backoff: BackoffConfig::default(),
        ..RetryConfig::default()
    };
    AmazonS3Builder::new()
        .with_endpoint(server.endpoint())
        .with_allow_http(true)
        .with_access_key_id(server.access_key())
        .with_secret_access_key(secret_key)
        .with_region(server.region())
        .with_bucket_name(server.bucket())
        .with_retry(no_retry)
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_object_that_was_put_is_got_and_then_deleted() {
    let server = S3Server::start().await;
    let client = client(&server, server.secret_key());
    let key = Path::from("log/photo.jpg");

    client.put(&key, "picture".into()).await.unwrap();
    assert_eq!(client.get(&key).await.unwrap().bytes().await.unwrap(), "picture");
    assert_eq!(
        server.stored("log/photo.jpg").as_deref(),
        Some(b"picture".as_slice())
    );

    client.delete(&key).await.unwrap();
    assert!(matches!(
        client.get(&key).await,
        Err(object_store::Error::NotFound { .. })
    ));
    assert_eq!(server.stored("log/photo.jpg"), None);
}

#[tokio::test]
async fn a_request_signed_with_another_secret_is_refused() {
    let server = S3Server::start().await;
    let stranger = client(&server, "another-secret");

    let refused = stranger.put(&Path::from("photo.jpg"), "picture".into()).await;

    assert!(
        matches!(refused, Err(object_store::Error::PermissionDenied { .. })),
        "{refused:?}"
    );
    assert_eq!(server.stored("photo.jpg"), None);
}

#[tokio::test]
async fn a_full_disk_fails_every_request_until_there_is_room_again() {
    let server = S3Server::start().await;
    let client = client(&server, server.secret_key());
    let key = Path::from("photo.jpg");
    let large = vec![7_u8; 4 * 1024 * 1024];

    server.fail(true);
    let full = client.put(&key, large.clone().into()).await.unwrap_err();
    assert!(full.to_string().contains("507"), "{full}");
    assert_eq!(server.stored("photo.jpg"), None);

    server.fail(false);
    client.put(&key, large.clone().into()).await.unwrap();
    assert_eq!(server.stored("photo.jpg"), Some(large));
}
