use proptest::prelude::*;

use super::*;
use crate::error::Violation as _;

/// A draft that says one number only.
fn saying(key: &str, number: f64) -> PolicyDraft {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the numbers of these tests are whole where they must be"
    )]
    let whole = Some(number as i64);
    let mut draft = PolicyDraft::default();
    let place = match key {
        "industry_review_days" => &mut draft.industry_review_days,
        "academic_review_days" => &mut draft.academic_review_days,
        "entry_deadline_days" => &mut draft.entry_deadline_days,
        "content_min_chars" => &mut draft.content_min_chars,
        "max_attachments" => &mut draft.max_attachments,
        "max_attachment_mb" => &mut draft.max_attachment_mb,
        "min_days" => &mut draft.min_days,
        "max_days" => &mut draft.max_days,
        "parallel_placements" => &mut draft.parallel_placements,
        "students_per_industrial_supervisor" => &mut draft.students_per_industrial_supervisor,
        "students_per_university_supervisor" => &mut draft.students_per_university_supervisor,
        "geofence_radius_m" => &mut draft.geofence_radius_m,
        "offer_days" => &mut draft.offer_days,
        "live_applications" => &mut draft.live_applications,
        "standard_day_hours" => {
            return PolicyDraft {
                standard_day_hours: Some(number),
                ..draft
            };
        }
        "max_day_hours" => {
            return PolicyDraft {
                max_day_hours: Some(number),
                ..draft
            };
        }
        "max_week_hours" => {
            return PolicyDraft {
                max_week_hours: Some(number),
                ..draft
            };
        }
        other => panic!("{other} is no number of a policy"),
    };
    *place = whole;
    draft
}

fn codes(draft: PolicyDraft) -> Vec<(&'static str, &'static str)> {
    match Policy::from_draft(draft) {
        Ok(_) => Vec::new(),
        Err(told) => told
            .iter()
            .map(|violation| (violation.code(), violation.pointer()))
            .collect(),
    }
}

#[test]
fn the_defaults_and_bounds_are_those_of_the_rules() {
    let table: Vec<_> = Policy::BOUNDS
        .iter()
        .map(|it| (it.key, it.default, it.low, it.high))
        .collect();
    assert_eq!(
        table,
        [
            ("industry_review_days", 3, 1, 14),
            ("academic_review_days", 7, 1, 30),
            ("entry_deadline_days", 7, 0, 60),
            ("content_min_chars", 20, 0, 500),
            ("max_attachments", 10, 0, 50),
            ("max_attachment_mb", 10, 1, 100),
            ("min_days", 56, 7, 364),
            ("max_days", 182, 7, 728),
            ("parallel_placements", 1, 1, 3),
            ("students_per_industrial_supervisor", 10, 1, 100),
            ("students_per_university_supervisor", 25, 1, 200),
            ("geofence_radius_m", 200, 25, 20_000),
            ("offer_days", 5, 1, 30),
            ("live_applications", 5, 1, 50),
            ("standard_day_hours", 8, 1, 16),
            ("max_day_hours", 12, 1, 16),
            ("max_week_hours", 60, 10, 100),
        ]
    );
}

#[test]
fn a_draft_that_says_nothing_is_the_default() {
    assert_eq!(Policy::from_draft(PolicyDraft::default()), Ok(Policy::default()));
    let policy = Policy::default();
    assert_eq!(policy.standard_day_hours().minutes(), Minutes::from_hours(8));
    assert_eq!(policy.max_day_hours().minutes(), Minutes::from_hours(12));
    assert_eq!(policy.max_week_minutes(), Minutes::from_hours(60));
    assert_eq!(policy.review_cadence(), ReviewCadence::Daily);
    assert!(AttachmentType::ALL.into_iter().all(|kind| policy.accepts(kind)));
    assert!(DayKind::ALL.into_iter().all(|kind| !policy.credits(kind)));
    assert_eq!(
        (policy.max_attachment_megabytes(), policy.max_attachment_bytes()),
        (10, 10_000_000)
    );
}

#[test]
fn a_policy_written_down_as_a_draft_is_the_same_policy() {
    let draft = PolicyDraft {
        standard_day_hours: Some(7.5),
        attachment_types: Some(vec![AttachmentType::Pdf]),
        credit_day_kinds: Some(vec![DayKind::PublicHoliday, DayKind::Sick]),
        review_cadence: Some(ReviewCadence::Weekly),
        min_days: Some(60),
        ..PolicyDraft::default()
    };
    let policy = Policy::from_draft(draft).unwrap();
    assert_eq!(Policy::from_draft(PolicyDraft::from(policy.clone())), Ok(policy));
}

#[test]
fn all_that_is_wrong_is_told_together() {
    let draft = PolicyDraft {
        industry_review_days: Some(15),
        entry_deadline_days: Some(-1),
        max_week_hours: Some(f64::NAN),
        standard_day_hours: Some(7.3),
        credit_day_kinds: Some(vec![DayKind::Worked, DayKind::Sick, DayKind::Training]),
        ..PolicyDraft::default()
    };
    assert_eq!(
        codes(draft),
        [
            ("policy_out_of_bounds", "/policy/industry_review_days"),
            ("policy_out_of_bounds", "/policy/entry_deadline_days"),
            ("policy_not_quarter_hours", "/policy/standard_day_hours"),
            ("policy_out_of_bounds", "/policy/max_week_hours"),
            ("policy_not_an_absence", "/policy/credit_day_kinds"),
            ("policy_not_an_absence", "/policy/credit_day_kinds"),
        ]
    );
}

#[test]
fn what_would_have_been_allowed_is_said() {
    let told = Policy::from_draft(saying("entry_deadline_days", 61.0)).unwrap_err();
    assert_eq!(
        told[0].to_string(),
        "entry_deadline_days is 61; it must be between 0 and 60"
    );
}

#[test]
fn a_number_does_not_exceed_its_limit() {
    let table = [
        (
            PolicyDraft {
                min_days: Some(183),
                ..PolicyDraft::default()
            },
            "/policy/min_days",
        ),
        (
            PolicyDraft {
                standard_day_hours: Some(12.25),
                ..PolicyDraft::default()
            },
            "/policy/standard_day_hours",
        ),
        (
            PolicyDraft {
                max_week_hours: Some(10.0),
                ..PolicyDraft::default()
            },
            "/policy/max_day_hours",
        ),
    ];
    for (draft, pointer) in table {
        assert_eq!(codes(draft), [("policy_inconsistent", pointer)]);
    }
    assert!(
        codes(PolicyDraft {
            min_days: Some(182),
            ..PolicyDraft::default()
        })
        .is_empty()
    );
}

#[test]
fn a_number_out_of_bounds_is_not_compared_with_its_limit() {
    let draft = PolicyDraft {
        min_days: Some(300),
        max_days: Some(5_000),
        ..PolicyDraft::default()
    };
    assert_eq!(codes(draft), [("policy_out_of_bounds", "/policy/max_days")]);
}

#[test]
fn an_amendment_leaves_alone_what_it_does_not_say() {
    let weekly = PolicyDraft {
        review_cadence: Some(ReviewCadence::Weekly),
        ..saying("industry_review_days", 5.0)
    };
    let policy = Policy::from_draft(weekly).unwrap();
    let amended = policy.amended(saying("entry_deadline_days", 3.0)).unwrap();
    assert_eq!(
        (amended.industry_review_days(), amended.entry_deadline_days()),
        (5, 3)
    );
    assert_eq!(policy.keys_changed(&amended), ["entry_deadline_days"]);
    assert!(policy.keys_changed(&policy).is_empty());
}

#[test]
fn every_key_that_differs_is_told() {
    let lowest = Policy::BOUNDS.iter().fold(Policy::default(), |policy, bounds| {
        let number = if bounds.key == "max_days" { 100 } else { bounds.low };
        policy
            .amended(saying(bounds.key, f64::from(number)))
            .unwrap_or(policy)
    });
    let draft = PolicyDraft {
        attachment_types: Some(Vec::new()),
        review_cadence: Some(ReviewCadence::Weekly),
        credit_day_kinds: Some(vec![DayKind::Sick]),
        max_week_hours: Some(40.0),
        max_day_hours: Some(10.0),
        parallel_placements: Some(3),
        ..PolicyDraft::default()
    };
    let changed = lowest.amended(draft).unwrap();
    let keys = Policy::default().keys_changed(&changed);
    assert_eq!(keys.len(), 20, "{keys:?}");
}

proptest! {
    #[test]
    fn any_number_in_bounds_is_accepted(index in 0..Policy::BOUNDS.len(), part in 0.0..=1.0_f64) {
        let bounds = Policy::BOUNDS[index];
        let (low, high) = (f64::from(bounds.low), f64::from(bounds.high));
        let number = (low + (high - low) * part).floor();
        // Two numbers that limit one another are given together.
        let draft = match bounds.key {
            "min_days" => PolicyDraft { max_days: Some(728), ..saying(bounds.key, number) },
            "max_days" => PolicyDraft { min_days: Some(7), ..saying(bounds.key, number) },
            "standard_day_hours" => PolicyDraft { max_day_hours: Some(16.0), ..saying(bounds.key, number) },
            "max_day_hours" => PolicyDraft { standard_day_hours: Some(1.0), ..saying(bounds.key, number) },
            "max_week_hours" => PolicyDraft { max_day_hours: Some(8.0), ..saying(bounds.key, number) },
            _ => saying(bounds.key, number),
        };
        prop_assert!(Policy::from_draft(draft).is_ok(), "{} = {}", bounds.key, number);
    }

    #[test]
    fn any_number_out_of_bounds_is_refused_with_its_key(
        index in 0..Policy::BOUNDS.len(),
        beyond in 1..1_000_000_u32,
        below in any::<bool>(),
    ) {
        let bounds = Policy::BOUNDS[index];
        let number = if below { f64::from(bounds.low) - f64::from(beyond) } else { f64::from(bounds.high) + f64::from(beyond) };
        let told = Policy::from_draft(saying(bounds.key, number)).unwrap_err();
        prop_assert_eq!(told.len(), 1);
        prop_assert_eq!(told[0].key(), bounds.key);
        prop_assert_eq!(told[0].code(), "policy_out_of_bounds");
    }
}
