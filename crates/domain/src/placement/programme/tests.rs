use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::{error::Violation as _, logbook::hours::Minutes, placement::policy::PolicyDraft};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn draft() -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Industrial training".to_owned(),
        code: "IPT-2".to_owned(),
        credit_units: 12.0,
        required_hours: 320.0,
        required_days: 40,
        window: (day(6, 1), day(12, 31)),
        policy: PolicyDraft::default(),
    }
}

fn create(draft: ProgrammeDraft) -> Result<Programme, Vec<ProgrammeViolation>> {
    Programme::create(
        ProgrammeId::new(Uuid::from_u128(1)),
        TenantId::new(Uuid::from_u128(900)),
        draft,
    )
}

fn told(answer: Result<Programme, Vec<ProgrammeViolation>>) -> Vec<(&'static str, &'static str)> {
    answer
        .err()
        .iter()
        .flatten()
        .map(|violation| (violation.code(), violation.pointer()))
        .collect()
}

#[test]
fn a_programme_is_made_with_the_first_version_of_its_policy() {
    let programme = create(draft()).unwrap();
    assert_eq!(programme.policy(), &Policy::default());
    assert_eq!(programme.policy_version(), PolicyVersion::FIRST);
    assert_eq!(programme.requirement().minutes, Minutes::from_hours(320));
    assert_eq!(programme.terms().window, programme.window());
}

#[test]
fn everything_that_is_wrong_is_told_together_policy_included() {
    let wrong = ProgrammeDraft {
        name: String::new(),
        code: "x".repeat(41),
        credit_units: 0.125,
        required_hours: 320.1,
        required_days: -1,
        window: (day(6, 1), day(5, 31)),
        policy: PolicyDraft {
            min_days: Some(6),
            ..PolicyDraft::default()
        },
    };
    assert_eq!(
        told(create(wrong.clone())),
        [
            ("text_required", "/name"),
            ("text_too_long", "/code"),
            ("credit_units_out_of_range", "/credit_units"),
            ("required_hours_out_of_range", "/required_hours"),
            ("required_days_out_of_range", "/required_days"),
            ("period_reversed", "/window/end"),
            ("policy_out_of_bounds", "/policy/min_days"),
        ]
    );
    let changes = ProgrammeChanges {
        name: Some(wrong.name),
        code: Some(wrong.code),
        credit_units: Some(wrong.credit_units),
        required_hours: Some(wrong.required_hours),
        required_days: Some(wrong.required_days),
        window: Some(wrong.window),
        policy: wrong.policy,
    };
    assert_eq!(told(create(draft()).unwrap().amended(changes)).len(), 7);
}

#[test]
fn a_changed_policy_is_a_new_version_and_another_change_is_none() {
    let programme = create(draft()).unwrap();
    let named = ProgrammeChanges {
        name: Some("Practical training".to_owned()),
        ..ProgrammeChanges::default()
    };
    let renamed = programme.clone().amended(named).unwrap();
    assert_eq!(
        (renamed.policy_version(), renamed.version().number()),
        (PolicyVersion::FIRST, 2)
    );
    assert_eq!((renamed.name(), renamed.code()), ("Practical training", "IPT-2"));
    let shorter = PolicyDraft {
        entry_deadline_days: Some(3),
        ..PolicyDraft::default()
    };
    let changed = renamed
        .amended(ProgrammeChanges {
            policy: shorter.clone(),
            ..ProgrammeChanges::default()
        })
        .unwrap();
    assert_eq!(
        (changed.policy_version(), changed.version().number()),
        (PolicyVersion::new(2), 3)
    );
    assert_eq!(
        programme.policy().keys_changed(changed.policy()),
        ["entry_deadline_days"]
    );
    let same = changed
        .amended(ProgrammeChanges {
            policy: shorter,
            ..ProgrammeChanges::default()
        })
        .unwrap();
    assert_eq!(same.policy_version(), PolicyVersion::new(2));
}

#[test]
fn credit_units_are_counted_in_hundredths() {
    let table = [
        (0.0, Some(0)),
        (7.5, Some(750)),
        (0.1, Some(10)),
        (0.07, Some(7)),
        (1_000.0, Some(100_000)),
        (1_000.01, None),
        (-1.0, None),
        (0.001, None),
        (f64::NAN, None),
    ];
    for (units, expected) in table {
        let counted = CreditUnits::from_units(units);
        assert_eq!(counted.map(CreditUnits::hundredths), expected, "{units}");
        // And back again, to the same number.
        assert_eq!(
            counted.map(CreditUnits::as_units),
            expected.map(|_| units),
            "{units}"
        );
    }
}
