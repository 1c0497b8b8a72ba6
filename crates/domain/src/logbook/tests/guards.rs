//! The guards on what is handed in: all that are broken are told together, each with its code and its field.

use super::{fixtures::*, world::World};
use crate::{
    error::Violation as _,
    logbook::{
        hours::WorkedHours,
        input::{LocationInput, ReportInput},
        kind::DayKind,
        refusal::Refusal,
        violation::LogViolation,
    },
    placement::{
        attachment_type::AttachmentType,
        period::Period,
        placement::Placement,
        policy::PolicyDraft,
        state::{PlacementState, PlacementStateName},
    },
};

fn broken(answer: Result<(), Refusal>) -> Vec<LogViolation> {
    match answer {
        Err(Refusal::Rules(found)) => found,
        other => panic!("broken guards, not {other:?}"),
    }
}

#[test]
fn everything_that_is_wrong_is_told_together() {
    let mut world = World::new();
    world.setting.placement = terminated("08-14");
    world.setting.surroundings.day_taken = true;
    world.setting.policy = policy(PolicyDraft {
        max_attachments: Some(1),
        max_attachment_mb: Some(1),
        attachment_types: Some(vec![AttachmentType::Pdf]),
        ..PolicyDraft::default()
    });
    let input = ReportInput {
        content: Some("short".to_owned()),
        hours_worked: Some(Some(12.25)),
        skills: Some(vec![String::new()]),
        location: Some(Some(LocationInput {
            lat: 91.0,
            ..metres_east(0.0)
        })),
        add_files: vec![
            file(1, AttachmentType::Pdf, 1_000_001),
            file(2, AttachmentType::Png, 1),
        ],
        ..ReportInput::default()
    };
    world.at("07-03 17:00");
    let expected = [
        ("outside_placement_period", "/log_date"),
        ("duplicate_day", "/log_date"),
        ("skill_name", "/skills"),
        ("position_out_of_range", "/location_data/lat"),
        ("placement_not_active", "/placement_id"),
        ("in_the_future", "/log_date"),
        ("too_many_attachments", "/attachment"),
        ("attachment_too_large", "/attachment"),
        ("attachment_type", "/attachment"),
        ("content_too_short", "/content"),
        ("hours_out_of_range", "/hours_worked"),
    ];
    let refusal = world.submit_new("07-05", &input).unwrap_err();
    assert_eq!(refusal.code(), "validation_failed");
    assert!(
        refusal
            .to_string()
            .contains("; there is an entry for this day already; "),
        "{refusal}"
    );
    let found: Vec<_> = broken(Err(refusal))
        .iter()
        .map(|violation| (violation.code(), violation.pointer()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn one_broken_rule_is_told_under_its_own_code() {
    let refusal = World::new().submit_new("07-05", &worked()).unwrap_err();
    assert_eq!(refusal.code(), "outside_placement_period");
    assert_eq!(
        refusal.to_string(),
        "the placement runs from 2026-07-06 to 2026-09-25; this day lies outside it"
    );
}

#[test]
fn what_could_not_be_read_is_told_once() {
    let table = [
        (
            ReportInput {
                content: Some("a\u{0}b".to_owned()),
                ..worked()
            },
            "content_characters",
        ),
        (worked_hours(7.3), "hours_out_of_range"),
        (worked_hours(12.25), "hours_out_of_range"),
        (worked_hours(25.0), "hours_out_of_range"),
    ];
    for (input, code) in table {
        assert_eq!(codes(&World::new().submit_new("07-06", &input)), [code]);
    }
}

#[test]
fn too_many_hours_are_told_with_what_the_programme_allows() {
    let twelve = WorkedHours::from_hours(12.0).unwrap();
    for hours in [12.25, 25.0, f64::INFINITY] {
        let found = broken(World::new().submit_new("07-06", &worked_hours(hours)));
        assert_eq!(found, [LogViolation::HoursAboveDay { max: twelve }], "{hours}");
        assert_eq!(found[0].to_string(), "at most 12 hours count for a day");
    }
    let mut longer = World::new();
    longer.setting.policy = policy(PolicyDraft {
        max_day_hours: Some(16.0),
        ..PolicyDraft::default()
    });
    assert!(longer.submit_new("07-06", &worked_hours(16.0)).is_ok());
}

/// P in every state.
fn in_every_state() -> Vec<Placement> {
    let (since, reason) = (day("07-06"), remark("As agreed."));
    let states = [
        PlacementState::Proposed,
        PlacementState::ChangesRequested {
            reason: reason.clone(),
        },
        PlacementState::Approved,
        PlacementState::Active { since },
        PlacementState::Suspended {
            active_since: since,
            since: day("07-20"),
            reason: reason.clone(),
        },
        PlacementState::Completed {
            active_since: since,
            on: day("09-25"),
        },
        PlacementState::Terminated {
            active_since: Some(since),
            effective: day("08-14"),
            reason,
        },
        PlacementState::Cancelled { reason: None },
        PlacementState::Withdrawn { reason: None },
    ];
    states.into_iter().map(placement).collect()
}

#[test]
fn a_first_text_is_handed_in_to_an_active_placement_only() {
    for placement in in_every_state() {
        let state = placement.state().name();
        let mut world = World::new();
        world.setting.placement = placement;
        let answer = world.submit_new("07-06", &worked());
        if state == PlacementStateName::Active {
            assert_eq!(answer, Ok(()));
        } else {
            assert_eq!(broken(answer), [LogViolation::PlacementNotActive { state }]);
        }
        let mut opened = World::new();
        opened.setting.placement = world.setting.placement;
        opened.setting.surroundings.reopened = true;
        let takes = matches!(state, PlacementStateName::Active | PlacementStateName::Terminated);
        assert_eq!(
            opened.submit_new("07-06", &worked()).is_ok(),
            takes,
            "{state}, the day opened again"
        );
    }
}

#[test]
fn a_text_is_handed_in_again_to_a_placement_that_is_active_or_was_terminated() {
    for placement in in_every_state() {
        let state = placement.state().name();
        let takes = matches!(state, PlacementStateName::Active | PlacementStateName::Terminated);
        for step in [recall(), reject()] {
            let mut world = World::submitted();
            let person = if step == recall() { STUDENT } else { INDUSTRIAL };
            world.take(person, &step).unwrap();
            world.setting.placement = placement.clone();
            let answer = world.at("08-20 09:00").hand_in(&worked());
            assert_eq!(answer.is_ok(), takes, "{state}");
            if !takes {
                assert_eq!(broken(answer), [LogViolation::PlacementNotActive { state }]);
            }
        }
    }
}

#[test]
fn a_draft_is_kept_for_any_day_of_the_period_and_judged_when_it_is_handed_in() {
    let mut world = World::new();
    world.draft("07-08", &text("Tomorrow I")).unwrap();
    let found = broken(world.hand_in(&ReportInput::default()));
    let codes: Vec<_> = found.iter().map(LogViolation::code).collect();
    assert_eq!(codes, ["in_the_future", "content_too_short"]);
    assert_eq!(
        codes_of(&world.clone().draft("07-05", &worked()).unwrap_err()),
        ["outside_placement_period"]
    );
    let found = broken(world.at("07-20 09:00").hand_in(&worked()));
    assert_eq!(
        found,
        [LogViolation::TooLate {
            last_day: day("07-15")
        }]
    );
}

#[test]
fn the_last_days_of_the_calendar_are_refused_like_any_other_day_outside() {
    let mut world = World::new();
    let answer = world.submit_new_by(STUDENT, chrono::NaiveDate::MAX, &worked());
    assert_eq!(codes(&answer), ["outside_placement_period", "in_the_future"]);
    let answer = world.submit_new_by(STUDENT, chrono::NaiveDate::MIN, &worked());
    assert_eq!(codes(&answer), ["outside_placement_period"]);
}

#[test]
fn a_day_that_was_opened_again_is_never_too_late_yet_still_not_in_the_future() {
    let mut world = World::new();
    world.setting.surroundings.reopened = true;
    assert!(
        world
            .clone()
            .at("08-20 09:00")
            .submit_new("07-06", &worked())
            .is_ok()
    );
    assert_eq!(codes(&world.submit_new("07-07", &worked())), ["in_the_future"]);
}

#[test]
fn the_deadline_is_the_programmes() {
    for (days, moment, expected) in [
        (0, "07-06 23:59:59", vec![]),
        (0, "07-07 00:00", vec!["too_late"]),
        (60, "09-04 23:59:59", vec![]),
        (60, "09-05 00:00", vec!["too_late"]),
    ] {
        let mut world = World::new();
        world.setting.policy = policy(PolicyDraft {
            entry_deadline_days: Some(days),
            ..PolicyDraft::default()
        });
        assert_eq!(
            codes(&world.at(moment).submit_new("07-06", &worked())),
            expected,
            "{days} {moment}"
        );
    }
}

#[test]
fn a_draft_may_be_empty_and_must_be_readable() {
    assert!(World::new().draft("07-06", &ReportInput::default()).is_ok());
    let mut world = World::new();
    let unreadable = ReportInput {
        content: Some("a\u{202E}b".to_owned()),
        ..worked_hours(0.1)
    };
    assert_eq!(
        codes(&world.draft("07-06", &unreadable)),
        ["content_characters", "hours_out_of_range"]
    );
    assert_eq!(world.entry, None);
    let taken = ReportInput {
        location: Some(Some(LocationInput {
            lng: 181.0,
            ..metres_east(0.0)
        })),
        ..worked()
    };
    assert_eq!(codes(&world.draft("07-06", &taken)), ["position_out_of_range"]);
}

#[test]
fn the_least_text_is_the_programmes_and_only_where_a_text_is_needed() {
    let none_needed = policy(PolicyDraft {
        content_min_chars: Some(0),
        ..PolicyDraft::default()
    });
    let mut world = World::new();
    assert_eq!(
        codes(&world.submit_new("07-06", &ReportInput::default())),
        ["content_too_short"]
    );
    world.setting.policy = none_needed;
    world.submit_new("07-06", &ReportInput::default()).unwrap();
    assert_eq!(world.entry().submission().unwrap().report.content, None);
    let mut sick = World::new();
    sick.submit_new(
        "07-06",
        &ReportInput {
            content: Some("Flu.".to_owned()),
            ..absent(DayKind::Sick)
        },
    )
    .unwrap();
    let content = sick.entry().submission().unwrap().report.content.clone();
    assert_eq!(content.unwrap().as_str(), "Flu.");
}

#[test]
fn absences_carry_no_hours_and_need_no_text_and_other_days_do() {
    for kind in DayKind::ALL {
        let working = matches!(kind, DayKind::Worked | DayKind::Training);
        let bare = World::new().submit_new("07-06", &absent(kind));
        let told = World::new().submit_new(
            "07-06",
            &ReportInput {
                kind: Some(kind),
                ..worked()
            },
        );
        let expected = if working {
            (vec!["content_too_short"], vec![])
        } else {
            (vec![], vec!["hours_out_of_range"])
        };
        assert_eq!((codes(&bare), codes(&told)), expected, "{kind}");
    }
}

#[test]
fn the_first_and_the_last_day_of_a_placement_belong_to_it() {
    for date in ["07-06", "09-25"] {
        assert!(World::new().at("09-25 17:00").draft(date, &worked()).is_ok());
    }
    let mut short = World::new();
    let parts = crate::placement::placement::PlacementParts {
        period: Period::new(day("07-08"), day("07-08")).unwrap(),
        ..placement_parts(PlacementState::Active { since: day("07-08") })
    };
    short.setting.placement = Placement::from_parts(parts).unwrap();
    short.at("07-09 09:00");
    let expected = |date: &str| {
        if date == "07-08" {
            vec![]
        } else {
            vec!["outside_placement_period"]
        }
    };
    for date in ["07-07", "07-08", "07-09"] {
        assert_eq!(
            codes(&short.clone().submit_new(date, &worked())),
            expected(date),
            "{date}"
        );
    }
}
