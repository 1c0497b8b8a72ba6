//! What is stored is what is read, whole and in part.

use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_ports::blob_store::{BlobError, BlobStore as _, ByteRange, StoredBlob};
use sha2::{Digest, Sha256};

use super::{MEGABYTE, body, files_below, key, on_disk, on_s3, picture, read, up_to};
use crate::{landing::PART, store::ObjectBlobStore};

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
