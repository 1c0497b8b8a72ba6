use chrono::DateTime;

use super::*;

fn record() -> AuditRecord {
    AuditRecord {
        id: AuditRecordId::new(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001)),
        tenant: Some(TenantId::new(Uuid::from_u128(
            0x0198_0000_0000_7000_8000_0000_0000_0002,
        ))),
        at: DateTime::from_timestamp_micros(1_783_328_400_123_456).unwrap(),
        actor: Some(UserId::new(Uuid::from_u128(
            0x0198_0000_0000_7000_8000_0000_0000_0003,
        ))),
        on_behalf_of: None,
        session: Some(SessionId::new(Uuid::from_u128(
            0x0198_0000_0000_7000_8000_0000_0000_0004,
        ))),
        action: "logbook.approve".into(),
        object_kind: "log_entry".into(),
        object_id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0005),
        detail_digest: [0xAB; 32],
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Never to be changed: chains that exist are verified over these bytes. A new form is a new version beside this one.
#[test]
fn the_canonical_form_of_version_1_stays_as_it_is() {
    let expected = [
        "6970742d61756469742f310a",
        "01980000000070008000000000000001",
        "0101980000000070008000000000000002",
        "000655ed7fcea640",
        "0101980000000070008000000000000003",
        "00",
        "0101980000000070008000000000000004",
        "000000000000000f6c6f67626f6f6b2e617070726f7665",
        "00000000000000096c6f675f656e747279",
        "01980000000070008000000000000005",
        "abababababababababababababababababababababababababababababababab",
    ];
    assert_eq!(hex(&record().canonical_bytes()), expected.concat());
}

#[test]
fn a_record_of_the_deployment_by_nobody_has_its_absences_marked() {
    let record = AuditRecord {
        tenant: None,
        actor: None,
        session: None,
        ..record()
    };
    let bytes = record.canonical_bytes();
    // Form and id, then: no institution, the time, nobody, nobody, no session.
    assert_eq!(hex(&bytes[28..40]), "00000655ed7fcea640000000");
}

#[test]
fn each_field_changes_the_canonical_form() {
    let id = |number| Uuid::from_u128(number);
    let changed = [
        AuditRecord {
            id: AuditRecordId::new(id(9)),
            ..record()
        },
        AuditRecord {
            tenant: None,
            ..record()
        },
        AuditRecord {
            at: record().at + chrono::TimeDelta::microseconds(1),
            ..record()
        },
        AuditRecord {
            actor: None,
            ..record()
        },
        AuditRecord {
            on_behalf_of: record().actor,
            ..record()
        },
        AuditRecord {
            actor: None,
            on_behalf_of: record().actor,
            ..record()
        },
        AuditRecord {
            session: None,
            ..record()
        },
        AuditRecord {
            action: "logbook.reject".into(),
            ..record()
        },
        AuditRecord {
            object_kind: "placement".into(),
            ..record()
        },
        AuditRecord {
            object_id: id(9),
            ..record()
        },
        AuditRecord {
            detail_digest: [0; 32],
            ..record()
        },
    ];
    let mut forms: Vec<_> = changed.iter().map(AuditRecord::canonical_bytes).collect();
    forms.push(record().canonical_bytes());
    forms.sort();
    forms.dedup();
    assert_eq!(forms.len(), changed.len() + 1);
}

#[test]
fn letters_moved_from_one_field_to_the_next_make_another_form() {
    let one = AuditRecord {
        action: "user.add".into(),
        object_kind: "user".into(),
        ..record()
    };
    let other = AuditRecord {
        action: "user.addu".into(),
        object_kind: "ser".into(),
        ..record()
    };
    assert_ne!(one.canonical_bytes(), other.canonical_bytes());
}

#[test]
fn parts_finer_than_a_microsecond_do_not_count() {
    let finer = AuditRecord {
        at: record().at + chrono::TimeDelta::nanoseconds(999),
        ..record()
    };
    assert_eq!(finer.canonical_bytes(), record().canonical_bytes());
}
