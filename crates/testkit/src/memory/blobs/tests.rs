use std::task::Poll;

use futures_util::{FutureExt as _, TryStreamExt as _, poll};
use ipt_domain::placement::attachment_type::AttachmentType;
use ipt_ports::blob_store::StreamError;

use super::*;

const PDF: &[u8] = b"%PDF-1.7 the drawing of a shaft";

fn key() -> BlobKey {
    BlobKey::parse("attachments/one").unwrap()
}

fn body(bytes: &'static [u8]) -> ByteStream<'static> {
    stream::iter([Ok(Bytes::from_static(bytes))]).boxed()
}

fn accept(max_bytes: u64, types: &[AttachmentType]) -> Acceptance {
    Acceptance {
        max_bytes,
        types: types.to_vec(),
    }
}

async fn put(blobs: &MemoryBlobs, max_bytes: u64, body: ByteStream<'_>) -> Result<StoredBlob, BlobError> {
    blobs
        .put(
            &key(),
            "shaft.pdf",
            &accept(max_bytes, &[AttachmentType::Pdf]),
            body,
        )
        .await
}

async fn read(blobs: &MemoryBlobs, range: Option<ByteRange>) -> Vec<u8> {
    let pieces: Vec<Bytes> = blobs
        .get(&key(), range)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

#[tokio::test]
async fn what_was_stored_is_read_whole_or_in_part_until_it_is_removed() {
    let blobs = MemoryBlobs::default();
    let stored = put(&blobs, 1_000, body(PDF)).await.unwrap();
    assert_eq!(
        (stored.size, stored.media_type),
        (PDF.len() as u64, AttachmentType::Pdf)
    );
    assert_eq!(read(&blobs, None).await, PDF);
    assert_eq!(read(&blobs, Some(ByteRange { first: 1, last: 3 })).await, b"PDF");
    assert_eq!(
        read(
            &blobs,
            Some(ByteRange {
                first: 26,
                last: u64::MAX
            })
        )
        .await,
        b"shaft"
    );

    blobs.delete(&key()).await.unwrap();
    assert!(matches!(
        blobs.get(&key(), None).await.err(),
        Some(BlobError::NotFound)
    ));
    blobs.delete(&key()).await.unwrap();
}

#[tokio::test]
async fn a_refused_body_leaves_nothing_behind() {
    let blobs = MemoryBlobs::default();
    let broken = stream::iter([Ok(Bytes::from_static(PDF)), Err(StreamError::BrokenOff)]).boxed();
    assert!(matches!(
        put(&blobs, 10, body(PDF)).await,
        Err(BlobError::TooLarge { max_bytes: 10 })
    ));
    assert!(matches!(
        put(&blobs, 1_000, body(b"just words")).await,
        Err(BlobError::Type(Some(AttachmentType::Text)))
    ));
    assert!(matches!(
        put(&blobs, 1_000, body(b"\x7fELF")).await,
        Err(BlobError::Type(None))
    ));
    assert!(matches!(
        put(&blobs, 1_000, broken).await,
        Err(BlobError::Stream(StreamError::BrokenOff))
    ));
    assert_eq!(blobs.keys(), Vec::<String>::new());
}

#[tokio::test]
async fn a_full_store_says_so_and_still_gives_what_it_has() {
    let blobs = MemoryBlobs::default();
    put(&blobs, 1_000, body(PDF)).await.unwrap();
    blobs.turn(BlobWeather::Full);
    assert!(matches!(
        put(&blobs, 1_000, body(PDF)).await,
        Err(BlobError::Unavailable(_))
    ));
    assert!(matches!(blobs.check().await, Err(BlobError::Unavailable(_))));
    assert_eq!(read(&blobs, None).await, PDF);
}

#[tokio::test]
async fn a_hanging_store_answers_once_it_comes_back() {
    let blobs = MemoryBlobs::default();
    blobs.turn(BlobWeather::Hanging);
    let mut waiting = put(&blobs, 1_000, body(PDF)).boxed();
    assert!(matches!(poll!(&mut waiting), Poll::Pending));
    blobs.turn(BlobWeather::Fine);
    waiting.await.unwrap();
    assert_eq!(blobs.keys(), ["attachments/one"]);
}
