//! The tests of a store that encrypts, on disk and in a bucket.

use std::{fs, path::Path as FilePath};

use bytes::Bytes;
use futures_util::{TryStreamExt as _, stream};
use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_ports::blob_store::StreamError;
use ipt_testkit::s3::S3Server;
use secrecy::SecretBox;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::{crypt::MasterKey, landing::PART};

/// Of one segment, several, several parts.
const SIZES: [usize; 4] = [100, 200_000, PART, 2 * PART + 17];

fn keys(current: u8, former: &[u8]) -> MasterKeys {
    let master = |byte: u8| MasterKey::new(&SecretBox::new(Box::new([byte; 32])));
    MasterKeys::new(master(current), former.iter().copied().map(master))
}

fn on_disk(folder: &FilePath) -> ObjectBlobStore {
    ObjectBlobStore::open(&format!("file://{}", folder.display()), []).unwrap()
}

fn in_bucket(server: &S3Server) -> ObjectBlobStore {
    let endpoint = server.endpoint();
    let options = [
        ("AWS_ACCESS_KEY_ID", server.access_key()),
        ("AWS_SECRET_ACCESS_KEY", server.secret_key()),
        ("AWS_REGION", server.region()),
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
    ];
    ObjectBlobStore::open(&format!("s3://{}/live", server.bucket()), options).unwrap()
}

fn key(name: &str) -> BlobKey {
    BlobKey::parse(&format!("attachments/{name}")).unwrap()
}

fn picture(size: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((bytes.len()..size).map(|at| u8::try_from((at / 251 + at) % 256).unwrap()));
    bytes
}

async fn put(store: &ObjectBlobStore, name: &str, content: &[u8]) -> StoredBlob {
    let pieces: Vec<_> = content
        .chunks(100_000)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let acceptance = Acceptance {
        max_bytes: content.len() as u64,
        types: AttachmentType::ALL.to_vec(),
    };
    store
        .put(&key(name), "a.png", &acceptance, stream::iter(pieces).boxed())
        .await
        .unwrap()
}

async fn read(
    store: &ObjectBlobStore,
    name: &str,
    range: Option<(u64, u64)>,
) -> Result<Vec<u8>, StreamError> {
    let range = range.map(|(first, last)| ByteRange { first, last });
    let bytes = store.get(&key(name), range).await.unwrap();
    Ok(bytes.try_collect::<Vec<Bytes>>().await?.concat())
}

async fn stores_and_reads(store: &ObjectBlobStore, stored: impl Fn() -> Vec<u8>) {
    for size in SIZES {
        let content = picture(size);
        let told = put(store, "1", &content).await;
        assert_eq!((told.size, told.media_type), (size as u64, AttachmentType::Png));
        assert_eq!(
            told.sha256,
            <[u8; 32]>::from(Sha256::digest(&content)),
            "told is what was sent"
        );
        let lies_there = stored();
        assert!(lies_there.len() > size && !lies_there.windows(8).any(|window| window == &content[..8]));
        assert!(read(store, "1", None).await.unwrap() == content, "{size}");
        let last = size as u64 - 1;
        for (first, end) in [
            (0, 0),
            (0, 50),
            (99, last),
            (last, last),
            (last / 2, last / 2 + 70_000),
            (last - 9, u64::MAX),
        ] {
            let wanted = usize::try_from(first).unwrap()..usize::try_from(end.min(last)).unwrap() + 1;
            assert!(
                read(store, "1", Some((first, end))).await.unwrap() == content[wanted],
                "{size}: {first} to {end}"
            );
        }
        let beyond = store
            .get(
                &key("1"),
                Some(ByteRange {
                    first: size as u64,
                    last: u64::MAX,
                }),
            )
            .await;
        assert!(matches!(beyond, Err(BlobError::Unavailable(_))));
    }
    store.delete(&key("1")).await.unwrap();
    assert!(matches!(
        store.get(&key("1"), None).await,
        Err(BlobError::NotFound)
    ));
}

#[tokio::test]
async fn what_is_encrypted_on_disk_is_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = on_disk(folder.path()).encrypted(keys(1, &[]));
    stores_and_reads(&store, || fs::read(folder.path().join("attachments/1")).unwrap()).await;
}

#[tokio::test]
async fn what_is_encrypted_in_a_bucket_is_what_is_read() {
    let server = S3Server::start().await;
    let store = in_bucket(&server).encrypted(keys(1, &[]));
    stores_and_reads(&store, || server.stored("live/attachments/1").unwrap()).await;
}

#[tokio::test]
async fn a_refused_body_leaves_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = on_disk(folder.path()).encrypted(keys(1, &[]));
    let acceptance = Acceptance {
        max_bytes: 10,
        types: vec![AttachmentType::Png],
    };
    for body in [picture(11), b"a text".to_vec()] {
        let refused = store
            .put(
                &key("1"),
                "a.png",
                &acceptance,
                stream::iter([Ok(Bytes::from(body))]).boxed(),
            )
            .await;
        assert!(matches!(
            refused,
            Err(BlobError::TooLarge { .. } | BlobError::Type(_))
        ));
        assert!(matches!(
            store.get(&key("1"), None).await,
            Err(BlobError::NotFound)
        ));
    }
}

#[tokio::test]
async fn a_file_that_was_changed_cut_or_exchanged_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let store = on_disk(folder.path()).encrypted(keys(1, &[]));
    let content = picture(200_000);
    put(&store, "1", &content).await;
    put(&store, "2", &picture(300)).await;
    let path = folder.path().join("attachments/1");
    let stored = fs::read(&path).unwrap();

    let mut flipped = stored.clone();
    flipped[150_000] ^= 1;
    fs::write(&path, &flipped).unwrap();
    assert!(matches!(
        read(&store, "1", None).await,
        Err(StreamError::Store(_))
    ));
    assert!(
        read(&store, "1", Some((0, 9))).await.is_ok(),
        "the first segment is whole"
    );
    assert!(read(&store, "1", Some((150_000, 150_009))).await.is_err());

    fs::write(&path, &stored[..83 + 2 * (65_536 + 16)]).unwrap();
    assert!(read(&store, "1", None).await.is_err(), "cut between two segments");
    fs::copy(folder.path().join("attachments/2"), &path).unwrap();
    assert!(
        matches!(store.get(&key("1"), None).await, Err(BlobError::Unavailable(_))),
        "another's"
    );
}

#[tokio::test]
async fn what_lies_there_in_clear_is_read_with_a_key_and_what_is_encrypted_never_without() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, sealing) = (
        on_disk(folder.path()),
        on_disk(folder.path()).encrypted(keys(1, &[])),
    );
    for (name, size) in [("short", 20), ("long", 200_000)] {
        let content = picture(size);
        put(&plain, name, &content).await;
        assert!(read(&sealing, name, None).await.unwrap() == content);
        assert!(read(&sealing, name, Some((5, 14))).await.unwrap() == content[5..15]);
    }
    put(&sealing, "sealed", &picture(1_000)).await;
    for range in [None, Some(ByteRange { first: 0, last: 9 })] {
        let refused = plain.get(&key("sealed"), range).await;
        assert!(matches!(refused, Err(BlobError::Unavailable(_))));
    }
    let other = on_disk(folder.path()).encrypted(keys(2, &[]));
    assert!(matches!(
        other.get(&key("sealed"), None).await,
        Err(BlobError::Unavailable(_))
    ));
}

/// Replaces the key: what lay in clear, under the former key and under the new one is all under the new one afterwards.
async fn replaces_the_key(open: impl Fn() -> ObjectBlobStore) {
    let sizes = [
        ("clear", 100),
        ("clear-long", PART + 9),
        ("former", 2 * PART + 1),
        ("current", 70_000),
    ];
    let stores = [
        open(),
        open(),
        open().encrypted(keys(1, &[])),
        open().encrypted(keys(2, &[1])),
    ];
    for ((name, size), store) in sizes.into_iter().zip(&stores) {
        put(store, name, &picture(size)).await;
    }
    let both = &stores[3];
    both.check().await.unwrap();
    let done = both.rewrap().await.unwrap();
    assert_eq!(
        done,
        Rewrapped {
            current: 1,
            rewrapped: 1,
            encrypted: 2
        }
    );
    let only_new = open().encrypted(keys(2, &[]));
    for (name, size) in sizes {
        assert!(
            read(&only_new, name, None).await.unwrap() == picture(size),
            "{name}"
        );
    }
    assert_eq!(
        both.rewrap().await.unwrap(),
        Rewrapped {
            current: 4,
            ..Rewrapped::default()
        }
    );
}

#[tokio::test]
async fn the_key_is_replaced_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    replaces_the_key(|| on_disk(folder.path())).await;
}

#[tokio::test]
async fn the_key_is_replaced_in_a_bucket() {
    let server = S3Server::start().await;
    replaces_the_key(|| in_bucket(&server)).await;
}

#[tokio::test]
async fn a_key_that_is_missing_stops_the_replacement_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    put(
        &on_disk(folder.path()).encrypted(keys(1, &[])),
        "1",
        &picture(300),
    )
    .await;
    let without = on_disk(folder.path()).encrypted(keys(2, &[]));
    assert!(matches!(without.rewrap().await, Err(BlobError::Unavailable(_))));
    assert!(matches!(
        on_disk(folder.path()).rewrap().await,
        Err(BlobError::Unavailable(_))
    ));
    let still = on_disk(folder.path()).encrypted(keys(1, &[]));
    assert!(read(&still, "1", None).await.unwrap() == picture(300));
}
