use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::TenantId;

const CHAIN: ChainId = ChainId::Tenant(TenantId::new(Uuid::from_u128(77)));

/// No cryptographic hash, yet every byte and its place count: four FNV-1a sums with different beginnings.
fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    for (lane, part) in digest.chunks_exact_mut(8).enumerate() {
        let start = 0xcbf2_9ce4_8422_2325_u64 ^ (lane as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let sum = bytes.iter().fold(start, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        part.copy_from_slice(&sum.to_be_bytes());
    }
    digest
}

fn record(number: u64) -> AuditRecord {
    AuditRecord {
        id: AuditRecordId::new(Uuid::from_u128(u128::from(number))),
        tenant: CHAIN.tenant(),
        at: DateTime::from_timestamp(1_783_328_400, 0).unwrap(),
        actor: None,
        on_behalf_of: None,
        session: None,
        action: "logbook.approve".into(),
        object_kind: "log_entry".into(),
        object_id: Uuid::from_u128(5),
        detail_digest: [0xAB; 32],
    }
}

type Row = (Link, Option<AuditRecord>);

fn chain_of(length: u64) -> Vec<Row> {
    let mut head = None;
    let append = |number| {
        let record = record(number);
        let link = Link::append(head, &record, hash);
        head = Some(link.head());
        (link, Some(record))
    };
    (1..=length).map(append).collect()
}

fn verified(rows: &[Row], head: Option<Head>) -> Verification {
    verify(
        CHAIN,
        rows.iter().map(|(link, record)| (link, record.as_ref())),
        head,
        hash,
    )
}

/// Number and problem of the first break.
fn broken(rows: &[Row]) -> Option<(u64, Problem)> {
    verified(rows, None)
        .first_broken
        .map(|found| (found.sequence, found.problem))
}

#[test]
fn an_untouched_chain_is_whole_and_so_is_an_empty_one() {
    let rows = chain_of(5);
    let head = rows.last().map(|(link, _)| link.head());
    assert_eq!(
        verified(&rows, head),
        Verification {
            checked: 5,
            first_broken: None
        }
    );
    assert!(verified(&[], None).is_intact());
}

#[test]
fn an_edited_record_is_found_where_it_stands() {
    for place in 0..5 {
        let mut rows = chain_of(5);
        rows[place].1.as_mut().unwrap().action = "logbook.reject".into();
        let found = verified(&rows, None);
        let sequence = place as u64 + 1;
        let record_id = Some(rows[place].0.record_id);
        assert_eq!(
            found.first_broken,
            Some(Break {
                sequence,
                record_id,
                problem: Problem::Edited
            })
        );
        assert_eq!(found.checked, 5);
    }
}

#[test]
fn a_record_edited_together_with_its_hash_is_found_by_the_link_after_it() {
    let mut rows = chain_of(5);
    let forged = AuditRecord {
        object_id: Uuid::from_u128(6),
        ..record(3)
    };
    rows[2] = (Link::append(Some(rows[1].0.head()), &forged, hash), Some(forged));
    assert_eq!(broken(&rows), Some((3, Problem::Edited)));
}

#[test]
fn the_last_record_edited_together_with_its_hash_is_found_by_the_known_end() {
    let mut rows = chain_of(3);
    let head = rows.last().map(|(link, _)| link.head());
    let forged = AuditRecord {
        object_id: Uuid::from_u128(6),
        ..record(3)
    };
    rows[2] = (Link::append(Some(rows[1].0.head()), &forged, hash), Some(forged));
    let found = verified(&rows, head).first_broken;
    assert_eq!(
        found.map(|found| (found.sequence, found.problem)),
        Some((3, Problem::Edited))
    );
}

#[test]
fn a_deleted_record_is_found_by_its_link() {
    let mut rows = chain_of(5);
    rows[3].1 = None;
    assert_eq!(broken(&rows), Some((4, Problem::Deleted)));
}

#[test]
fn a_record_deleted_with_its_link_leaves_a_gap() {
    for place in 0..4 {
        let mut rows = chain_of(5);
        rows.remove(place);
        assert_eq!(broken(&rows), Some((place as u64 + 1, Problem::Gap)));
    }
}

#[test]
fn links_deleted_at_the_end_are_found_by_the_known_end() {
    let rows = chain_of(5);
    let head = rows.last().map(|(link, _)| link.head());
    let found = verified(&rows[..3], head).first_broken;
    assert_eq!(
        found,
        Some(Break {
            sequence: 4,
            record_id: None,
            problem: Problem::Deleted
        })
    );
    let all = verified(&[], head).first_broken;
    assert_eq!(
        all,
        Some(Break {
            sequence: 1,
            record_id: None,
            problem: Problem::Deleted
        })
    );
}

#[test]
fn links_added_since_the_end_was_read_do_not_matter() {
    let rows = chain_of(5);
    assert!(verified(&rows, Some(rows[2].0.head())).is_intact());
}

#[test]
fn links_that_stand_in_another_order_are_found() {
    let mut rows = chain_of(5);
    rows.swap(1, 2);
    assert_eq!(broken(&rows), Some((2, Problem::Reordered)));
}

#[test]
fn links_that_exchanged_their_numbers_are_found() {
    let mut rows = chain_of(5);
    rows.swap(1, 2);
    rows[1].0.sequence = 2;
    rows[2].0.sequence = 3;
    assert_eq!(broken(&rows), Some((2, Problem::Reordered)));
}

#[test]
fn records_that_exchanged_their_links_are_found() {
    let mut rows = chain_of(5);
    let (one, other) = (rows[1].1.take(), rows[2].1.take());
    rows[1].1 = other;
    rows[2].1 = one;
    assert_eq!(broken(&rows), Some((2, Problem::Reordered)));
}

#[test]
fn a_link_that_comes_twice_is_found() {
    let mut rows = chain_of(3);
    rows.insert(2, rows[1].clone());
    assert_eq!(broken(&rows), Some((2, Problem::Reordered)));
}

#[test]
fn a_link_or_record_of_another_chain_is_found() {
    let mut rows = chain_of(3);
    rows[1].0.chain = ChainId::Deployment;
    assert_eq!(broken(&rows), Some((2, Problem::Edited)));

    let strange = AuditRecord {
        tenant: None,
        ..record(3)
    };
    let mut rows = chain_of(2);
    let link = Link {
        chain: CHAIN,
        ..Link::append(Some(rows[1].0.head()), &strange, hash)
    };
    rows.push((link, Some(strange)));
    assert_eq!(broken(&rows), Some((3, Problem::Edited)));
}

#[test]
fn a_chain_that_begins_with_another_hash_than_none_is_found() {
    let record = record(1);
    let begun = Head {
        sequence: 0,
        hash: [1; 32],
    };
    let rows = [(Link::append(Some(begun), &record, hash), Some(record))];
    assert_eq!(broken(&rows), Some((1, Problem::Edited)));
}

#[test]
fn a_link_is_hashed_over_its_form_the_hash_before_its_number_and_the_record() {
    let mut expected = b"ipt-chain/1\n".to_vec();
    expected.extend([7; 32]);
    expected.extend([0, 0, 0, 0, 0, 0, 1, 2]);
    expected.extend(b"record");
    assert_eq!(link_preimage(&[7; 32], 258, b"record"), expected);
}

/// What somebody does to one byte or row of a chain.
#[derive(Clone, Debug)]
enum Tampering {
    Digest(usize),
    Hash(usize),
    Previous(usize),
    Record,
}

proptest! {
    #[test]
    fn whatever_is_done_to_one_row_is_found_there(
        length in 1..20_u64,
        place in any::<proptest::sample::Index>(),
        tampering in prop_oneof![
            (0..32_usize).prop_map(Tampering::Digest),
            (0..32_usize).prop_map(Tampering::Hash),
            (0..32_usize).prop_map(Tampering::Previous),
            Just(Tampering::Record),
        ],
    ) {
        let mut rows = chain_of(length);
        let place = place.index(rows.len());
        let (link, record) = &mut rows[place];
        match tampering {
            Tampering::Digest(byte) => record.as_mut().unwrap().detail_digest[byte] ^= 1,
            Tampering::Hash(byte) => link.hash[byte] ^= 1,
            Tampering::Previous(byte) => link.previous[byte] ^= 1,
            Tampering::Record => *record = None,
        }
        let found = verified(&rows, None).first_broken.unwrap();
        prop_assert_eq!(found.sequence, place as u64 + 1);
        prop_assert_eq!(found.record_id, Some(rows[place].0.record_id));
    }
}

#[test]
fn a_chain_written_anew_and_longer_than_before_is_found_by_the_known_end() {
    let before = chain_of(5);
    let head = before[3].0.head();
    // Cut off behind the second, and continued with other records.
    let mut rows = before[..2].to_vec();
    for number in 13..19 {
        let last = rows.last().map(|(link, _)| link.head());
        let record = record(number);
        rows.push((Link::append(last, &record, hash), Some(record)));
    }
    assert!(verified(&rows, None).is_intact());
    let found = verified(&rows, Some(head)).first_broken;
    assert_eq!(
        found.map(|found| (found.sequence, found.problem)),
        Some((4, Problem::Edited))
    );
}

#[test]
fn a_chain_is_held_against_every_end_that_is_known() {
    let rows = chain_of(5);
    let mut heads: Vec<_> = rows.iter().map(|(link, _)| link.head()).collect();
    heads.rotate_left(2);
    let found = |heads: &[Head], rows: &[Row]| {
        let mut verifier = Verifier::new(CHAIN, hash).knowing(heads.iter().copied());
        for (link, record) in rows {
            verifier.push(link, record.as_ref());
        }
        verifier
            .finish()
            .first_broken
            .map(|found| (found.sequence, found.problem))
    };
    assert_eq!(found(&heads, &rows), None);
    assert_eq!(found(&heads, &rows[..4]), Some((5, Problem::Deleted)));
    assert_eq!(found(&heads, &[]), Some((1, Problem::Deleted)));
    heads[1].hash = [0; 32];
    assert_eq!(found(&heads, &rows), Some((heads[1].sequence, Problem::Edited)));
}
