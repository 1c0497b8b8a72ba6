//! What a student hands in.

use super::super::{fixtures::*, world::World};
use crate::{
    id::ProgrammeId,
    logbook::{
        anomaly::Anomaly,
        input::{LocationInput, ReportInput},
        kind::DayKind,
        location::Verdict,
        state::StateName,
    },
    placement::{
        policy::PolicyDraft,
        programme::{Programme, ProgrammeChanges, ProgrammeDraft},
    },
};

/// The codes with which a log of `date`, handed in at `moment`, is refused; none when it is accepted.
fn sent(date: &str, moment: &str) -> Vec<&'static str> {
    codes(&World::new().at(moment).submit_new(date, &worked()))
}

/// Whether a log of `date`, accepted at `moment`, is late.
fn late(date: &str, moment: &str) -> bool {
    let mut world = World::new();
    world.at(moment).submit_new(date, &worked()).unwrap();
    world.entry().first_submission().unwrap().late
}

#[test]
fn row_01_a_day_begins_at_midnight_in_dar_es_salaam_which_is_nine_in_the_evening_utc() {
    let mut world = World::new();
    world.setting.now = "2026-07-06T20:59:59Z".parse().unwrap();
    assert_eq!(codes(&world.submit_new("07-07", &worked())), ["in_the_future"]);
    world.setting.now = "2026-07-06T21:00:00Z".parse().unwrap();
    assert!(world.submit_new("07-07", &worked()).is_ok());
}

#[test]
fn row_02_a_first_submission_is_accepted_until_the_end_of_the_seventh_day_after() {
    assert!(late("07-06", "07-13 23:59:59"));
    assert_eq!(sent("07-06", "07-14 00:00"), ["too_late"]);
}

#[test]
fn row_03_a_friday_is_on_time_until_the_end_of_monday() {
    assert!(!late("07-10", "07-13 23:59:59"));
    assert!(late("07-10", "07-14 00:00"));
}

#[test]
fn row_04_the_day_before_the_first_and_the_day_after_the_last_lie_outside() {
    assert_eq!(sent("07-05", "07-06 17:00"), ["outside_placement_period"]);
    assert_eq!(sent("09-26", "09-26 17:00"), ["outside_placement_period"]);
}

#[test]
fn row_05_the_last_day_may_be_handed_in_after_the_end() {
    assert_eq!(sent("09-25", "09-30 17:00"), [] as [&str; 0]);
}

#[test]
fn row_06_a_revision_is_never_too_late_and_lateness_stays_as_first_judged() {
    for (first, was_late) in [("07-06 17:00", false), ("07-09 17:00", true)] {
        let mut world = World::new();
        world.at(first).submit_new("07-06", &worked()).unwrap();
        world.take(INDUSTRIAL, &reject()).unwrap();
        world.at("07-26 17:00").hand_in(&worked()).unwrap();
        assert_eq!(world.entry().revision(), 2);
        let judged = world.entry().first_submission().unwrap();
        assert_eq!((judged.late, judged.at), (was_late, local(first)));
    }
}

#[test]
fn row_07_a_recalled_text_may_be_handed_in_again_after_the_deadline() {
    let mut world = World::new();
    world.at("07-08 17:00").submit_new("07-06", &worked()).unwrap();
    world.take(STUDENT, &recall()).unwrap();
    assert!(world.at("07-14 17:00").hand_in(&ReportInput::default()).is_ok());
    assert_eq!(world.entry().submission().unwrap().at, local("07-14 17:00"));
}

#[test]
fn row_08_a_recalled_second_revision_waits_for_the_student_and_is_not_deleted() {
    let mut world = World::submitted();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.hand_in(&worked()).unwrap();
    world.take(STUDENT, &recall()).unwrap();
    assert_eq!(
        (world.state(), world.entry().revision()),
        (StateName::RevisionRequested, 2)
    );
    assert_eq!(codes(&world.delete_by(STUDENT)), ["invalid_transition"]);
}

#[test]
fn row_09_a_recalled_first_revision_is_a_draft_that_is_not_deleted() {
    let mut world = World::submitted();
    world.take(STUDENT, &recall()).unwrap();
    assert_eq!(world.state(), StateName::Draft);
    assert_eq!(codes(&world.delete_by(STUDENT)), ["invalid_transition"]);
}

#[test]
fn row_10_a_day_has_one_draft() {
    let mut world = World::new();
    world.draft("07-06", &worked()).unwrap();
    let mut second = World::new();
    second.setting.surroundings.day_taken = true;
    assert_eq!(codes(&second.draft("07-06", &worked())), ["duplicate_day"]);
    assert_eq!(codes(&second.submit_new("07-06", &worked())), ["duplicate_day"]);
}

#[test]
fn row_11_a_voided_day_is_free_again_until_its_deadline() {
    let mut world = World::submitted();
    world.take(COORDINATOR, &void()).unwrap();
    assert_eq!(sent("07-06", "07-10 17:00"), [] as [&str; 0]);
    assert_eq!(sent("07-06", "07-14 17:00"), ["too_late"]);
}

#[test]
fn row_13_hours_are_quarter_hours_above_none_and_at_most_twelve() {
    let table = [
        (0.0, vec!["hours_out_of_range"]),
        (0.25, vec![]),
        (7.3, vec!["hours_out_of_range"]),
        (12.0, vec![]),
        (12.25, vec!["hours_out_of_range"]),
    ];
    for (hours, expected) in table {
        assert_eq!(
            codes(&World::new().submit_new("07-06", &worked_hours(hours))),
            expected,
            "{hours}"
        );
    }
}

#[test]
fn row_15_a_shift_past_midnight_is_one_entry_of_the_day_on_which_it_began() {
    let mut world = World::new();
    world
        .at("07-07 06:10")
        .submit_new("07-06", &worked_hours(8.0))
        .unwrap();
    assert_eq!(world.entry().log_date(), day("07-06"));
    assert!(!world.entry().first_submission().unwrap().late);
}

#[test]
fn row_16_a_text_is_counted_as_its_reader_sees_it() {
    let table = [
        (format!("   {}   ", "x".repeat(19)), vec!["content_too_short"]),
        ("👨‍👩‍👧‍👦".repeat(20), vec![]),
        ("x".repeat(10_001), vec!["content_too_long"]),
    ];
    for (content, expected) in table {
        assert_eq!(
            codes(&World::new().submit_new("07-06", &text(&content))),
            expected
        );
    }
}

#[test]
fn row_17_line_ends_become_line_feeds_and_control_characters_are_refused() {
    let mut world = World::new();
    world
        .submit_new("07-06", &text("Fitted the bearings.\r\nMeasured the play."))
        .unwrap();
    let kept = world
        .entry()
        .submission()
        .unwrap()
        .report
        .content
        .clone()
        .unwrap();
    assert_eq!(kept.as_str(), "Fitted the bearings.\nMeasured the play.");
    for forbidden in ["\u{0}", "\u{202E}"] {
        let content = format!("Fitted the bearings{forbidden} and measured.");
        assert_eq!(
            codes(&World::new().submit_new("07-06", &text(&content))),
            ["content_characters"]
        );
    }
}

#[test]
fn row_33_a_terminated_placement_takes_days_that_a_coordinator_has_opened_and_no_others() {
    let mut world = World::new();
    world.setting.placement = terminated("08-14");
    world.at("08-15 17:00");
    assert_eq!(
        codes(&world.submit_new("08-13", &worked())),
        ["placement_not_active"]
    );
    assert_eq!(
        codes(&world.submit_new("08-15", &worked())),
        ["placement_not_active"]
    );
    world.setting.surroundings.reopened = true;
    assert_eq!(
        codes(&world.submit_new("08-15", &worked())),
        ["placement_not_active"]
    );
    assert!(world.submit_new("08-14", &worked()).is_ok());
}

#[test]
fn row_36_the_deadline_counts_from_the_day_on_which_the_placement_became_active() {
    let mut world = World::new();
    world.setting.placement = active_since("07-20");
    assert_eq!(
        codes(&world.at("07-28 00:00").submit_new("07-06", &worked())),
        ["too_late"]
    );
    assert!(world.at("07-27 23:59:59").submit_new("07-06", &worked()).is_ok());
}

#[test]
fn row_39_a_position_is_judged_by_the_radius_and_by_its_own_accuracy() {
    let table = [
        (200.0, None, Verdict::Inside),
        (230.0, Some(40.0), Verdict::Uncertain { distance_m: 30 }),
        (230.0, Some(29.0), Verdict::Outside { distance_m: 30 }),
        (230.0, None, Verdict::Outside { distance_m: 30 }),
    ];
    for (metres, accuracy_m, expected) in table {
        let mut world = World::new();
        let fix = LocationInput {
            accuracy_m,
            ..metres_east(metres)
        };
        world.submit_new("07-06", &at_position(fix)).unwrap();
        assert_eq!(
            world.entry().submission().unwrap().report.location.verdict,
            expected,
            "{metres}"
        );
    }
}

#[test]
fn row_40_a_fix_is_as_old_as_the_entry_give_or_take() {
    let table = [
        ("07-06 16:45:00", vec![]),
        ("07-06 16:44:59", vec![Anomaly::StaleFix { seconds: 901 }]),
        ("07-06 17:02:00", vec![]),
        ("07-06 17:02:01", vec![Anomaly::FutureFix { seconds: 121 }]),
    ];
    for (taken, expected) in table {
        let mut world = World::new();
        let fix = LocationInput {
            captured_at: Some(local(taken)),
            ..metres_east(0.0)
        };
        let captured_at = Some(Some(local("07-06 17:00")));
        world
            .at("07-06 19:00")
            .submit_new(
                "07-06",
                &ReportInput {
                    captured_at,
                    ..at_position(fix)
                },
            )
            .unwrap();
        assert_eq!(
            world.entry().submission().unwrap().report.location.notes,
            expected,
            "{taken}"
        );
    }
}

#[test]
fn row_42_a_sick_day_has_no_hours_and_needs_no_text() {
    let with_hours = ReportInput {
        kind: Some(DayKind::Sick),
        ..worked()
    };
    assert_eq!(
        codes(&World::new().submit_new("07-06", &with_hours)),
        ["hours_out_of_range"]
    );
    let mut world = World::new();
    world.submit_new("07-06", &absent(DayKind::Sick)).unwrap();
    world.take(INDUSTRIAL, &approve()).unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    let credit = crate::logbook::credit::tally(world.day_of_credit(), &world.setting.policy);
    assert_eq!((credit.days, credit.minutes.get()), (0, 0));
}

#[test]
fn row_45_a_placement_keeps_the_deadline_under_which_it_was_approved() {
    let draft = ProgrammeDraft {
        name: "Mechanical engineering".to_owned(),
        code: "ME-PT2".to_owned(),
        credit_units: 10.0,
        required_hours: 320.0,
        required_days: 40,
        window: (day("07-01"), day("12-31")),
        policy: PolicyDraft::default(),
    };
    let programme = Programme::create(ProgrammeId::new(uuid::Uuid::from_u128(700)), tenant(), draft).unwrap();
    let approved_under = (programme.policy_version(), programme.policy().clone());
    let shorter = PolicyDraft {
        entry_deadline_days: Some(3),
        ..PolicyDraft::default()
    };
    let amendment = ProgrammeChanges {
        policy: shorter,
        ..ProgrammeChanges::default()
    };
    let changed = programme.amended(amendment).unwrap();

    let mut world = World::new();
    assert_eq!(world.setting.placement.policy_version(), approved_under.0);
    assert_ne!(world.setting.placement.policy_version(), changed.policy_version());
    world.setting.policy = changed.policy().clone();
    assert_eq!(
        codes(&world.at("07-13 17:00").submit_new("07-06", &worked())),
        ["too_late"]
    );
    world.setting.policy = approved_under.1;
    assert!(world.submit_new("07-06", &worked()).is_ok());
}
