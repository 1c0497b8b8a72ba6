use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use ipt_ports::blob_store::{ByteRange, StreamError};
use secrecy::SecretBox;

use super::*;

const SIZES: [usize; 7] = [
    0,
    1,
    SEGMENT - 1,
    SEGMENT,
    SEGMENT + 1,
    3 * SEGMENT,
    3 * SEGMENT + 7,
];

fn master(byte: u8) -> MasterKey {
    MasterKey::new(&SecretBox::new(Box::new([byte; 32])))
}

fn keys(current: u8, former: &[u8]) -> MasterKeys {
    MasterKeys::new(master(current), former.iter().copied().map(master))
}

fn content(size: usize) -> Vec<u8> {
    (0..size)
        .map(|at| u8::try_from((at / 251 + at) % 256).unwrap())
        .collect()
}

/// An object at `place`, as it is stored.
fn sealed(keys: &MasterKeys, place: &str, plain: &[u8]) -> Vec<u8> {
    let head = Head::generate().unwrap();
    let mut stored = head.wrap(keys, place).unwrap().to_vec();
    let mut sealing = Sealing::new(&head).unwrap();
    for piece in plain.chunks(10_007) {
        stored.extend(sealing.take(piece).unwrap());
    }
    stored.extend(sealing.finish().unwrap());
    stored
}

/// What is read of an object; none when it is found to be another than was written.
async fn opened(keys: &MasterKeys, place: &str, stored: &[u8], range: Option<ByteRange>) -> Option<Vec<u8>> {
    let head = Head::unwrap(stored.get(..HEAD)?.try_into().ok()?, keys, place).ok()?;
    let layout = Layout::of(stored.len() as u64).ok()?;
    let range = match range {
        Some(range) => Some(layout.cut(range)?),
        None => None,
    };
    let whole = ByteRange {
        first: 0,
        last: layout.plain.saturating_sub(1),
    };
    let (part, first) = layout.stored(range.unwrap_or(whole));
    let part = &stored[usize::try_from(part.start).unwrap()..usize::try_from(part.end).unwrap()];
    let pieces: Vec<Result<Bytes, StreamError>> = part
        .chunks(9_001)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let opening = Opening::new(&head, layout, (first, range)).unwrap();
    let read: Result<Vec<Bytes>, _> = open(opening, stream::iter(pieces).boxed()).try_collect().await;
    read.ok().map(|pieces| pieces.concat())
}

#[tokio::test]
async fn what_was_sealed_is_what_is_opened() {
    for size in SIZES {
        let (keys, plain) = (keys(1, &[]), content(size));
        let stored = sealed(&keys, "a/1", &plain);
        assert_eq!(Layout::of(stored.len() as u64).unwrap().plain, size as u64);
        assert!(
            opened(&keys, "a/1", &stored, None).await.unwrap() == plain,
            "{size}"
        );
        let needle = &plain[..size.min(32)];
        let is_there = needle.len() == 32 && stored.windows(32).any(|window| window == needle);
        assert!(!is_there, "{size} bytes lie there in clear");
    }
}

#[tokio::test]
async fn each_part_is_read_by_itself() {
    let (keys, plain) = (keys(1, &[]), content(3 * SEGMENT + 7));
    let stored = sealed(&keys, "a/1", &plain);
    let edges = [
        0,
        1,
        SEGMENT - 1,
        SEGMENT,
        SEGMENT + 1,
        2 * SEGMENT,
        3 * SEGMENT - 1,
        3 * SEGMENT,
        plain.len() - 1,
    ];
    for first in edges {
        for last in edges.into_iter().filter(|last| *last >= first) {
            let range = ByteRange {
                first: first as u64,
                last: last as u64,
            };
            let read = opened(&keys, "a/1", &stored, Some(range)).await.unwrap();
            assert!(read == plain[first..=last], "{first} to {last}");
        }
    }
    let beyond = ByteRange {
        first: plain.len() as u64,
        last: u64::MAX,
    };
    assert_eq!(opened(&keys, "a/1", &stored, Some(beyond)).await, None);
    let clamped = ByteRange {
        first: plain.len() as u64 - 3,
        last: u64::MAX,
    };
    assert_eq!(
        opened(&keys, "a/1", &stored, Some(clamped)).await.unwrap().len(),
        3
    );
}

#[tokio::test]
async fn a_bit_that_was_flipped_anywhere_is_found() {
    let keys = keys(1, &[]);
    let stored = sealed(&keys, "a/1", &content(SEGMENT + 100));
    let places = (0..HEAD).chain([
        HEAD,
        HEAD + 1_000,
        HEAD + SEGMENT + TAG - 1,
        HEAD + SEGMENT + TAG,
        stored.len() - 1,
    ]);
    for place in places {
        let mut changed = stored.clone();
        changed[place] ^= 1;
        if Head::is_marked(&changed) {
            assert_eq!(opened(&keys, "a/1", &changed, None).await, None, "byte {place}");
        }
    }
}

#[tokio::test]
async fn what_was_cut_off_left_out_moved_or_added_is_found() {
    let keys = keys(1, &[]);
    let stored = sealed(&keys, "a/1", &content(3 * SEGMENT + 7));
    let segment = |number: usize| {
        let begin = HEAD + number * (SEGMENT + TAG);
        stored[begin..(begin + SEGMENT + TAG).min(stored.len())].to_vec()
    };
    let of = |parts: &[Vec<u8>]| [vec![stored[..HEAD].to_vec()], parts.to_vec()].concat().concat();
    for (what, changed) in [
        (
            "the end, between two segments",
            of(&[segment(0), segment(1), segment(2)]),
        ),
        ("everything but the first segment", of(&[segment(0)])),
        ("the last byte", stored[..stored.len() - 1].to_vec()),
        ("all segments", stored[..HEAD].to_vec()),
        ("half of the last tag", stored[..stored.len() - TAG / 2].to_vec()),
        ("a segment left out", of(&[segment(0), segment(2), segment(3)])),
        (
            "two that changed places",
            of(&[segment(1), segment(0), segment(2), segment(3)]),
        ),
        (
            "one twice",
            of(&[segment(0), segment(0), segment(1), segment(2), segment(3)]),
        ),
        (
            "the last one twice",
            of(&[segment(0), segment(1), segment(2), segment(3), segment(3)]),
        ),
        ("something added", [stored.clone(), vec![0; 40]].concat()),
    ] {
        assert_eq!(opened(&keys, "a/1", &changed, None).await, None, "{what}");
    }
}

#[tokio::test]
async fn an_object_in_the_place_of_another_is_found_and_so_are_segments_of_another() {
    let keys = keys(1, &[]);
    let (one, other) = (sealed(&keys, "a/1", b"one"), sealed(&keys, "a/2", b"two"));
    assert_eq!(opened(&keys, "a/1", &other, None).await, None);
    let mixed = [&one[..HEAD], &other[HEAD..]].concat();
    assert_eq!(opened(&keys, "a/1", &mixed, None).await, None);
}

#[tokio::test]
async fn a_former_key_still_opens_and_a_forgotten_one_is_named() {
    let stored = sealed(&keys(1, &[]), "a/1", b"habari");
    assert_eq!(
        opened(&keys(2, &[1]), "a/1", &stored, None).await.unwrap(),
        b"habari"
    );
    let head: &[u8; HEAD] = stored[..HEAD].try_into().unwrap();
    let Err(HeadError::UnknownKey(name)) = Head::unwrap(head, &keys(2, &[3]), "a/1") else {
        panic!("the key is not there");
    };
    assert_eq!(name, master(1).name());
    assert!(!Head::is_current(&stored, &keys(2, &[1])) && Head::is_current(&stored, &keys(1, &[])));
}

#[tokio::test]
async fn a_new_head_under_another_key_opens_the_same_segments() {
    let both = keys(2, &[1]);
    let stored = sealed(&keys(1, &[]), "a/1", &content(100_000));
    let head = Head::unwrap(stored[..HEAD].try_into().unwrap(), &both, "a/1").unwrap();
    let rewrapped = [&head.wrap(&both, "a/1").unwrap(), &stored[HEAD..]].concat();
    assert!(opened(&keys(2, &[]), "a/1", &rewrapped, None).await.unwrap() == content(100_000));
}

#[test]
fn the_same_content_is_never_stored_alike_and_keys_are_not_printed() {
    let keys = keys(7, &[8]);
    assert_ne!(sealed(&keys, "a/1", b"habari"), sealed(&keys, "a/1", b"habari"));
    let printed = format!("{keys:?}");
    assert!(
        printed.contains(&master(7).name()) && !printed.contains("7, 7"),
        "{printed}"
    );
}

#[test]
fn no_object_has_a_size_between_two_layouts() {
    for size in [
        0,
        HEAD as u64 - 1,
        HEAD as u64,
        (HEAD + TAG - 1) as u64,
        (HEAD + SEGMENT + TAG + 5) as u64,
    ] {
        assert!(Layout::of(size).is_err(), "{size}");
    }
    assert_eq!(Layout::of((HEAD + TAG) as u64).unwrap().plain, 0);
}
