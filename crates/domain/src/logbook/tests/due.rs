//! When reviews fall due: working days of the reviewer's side, from the submission or from the end of the week.

use chrono::TimeDelta;
use chrono_tz::{America, Tz};

use super::{fixtures::*, world::World};
use crate::{
    logbook::due::Due,
    placement::{
        mode::Mode,
        policy::{PolicyDraft, ReviewCadence},
    },
    tenancy::calendar::{WeekendDays, WorkingCalendar},
};

fn weekly() -> crate::placement::policy::Policy {
    policy(PolicyDraft {
        review_cadence: Some(ReviewCadence::Weekly),
        ..PolicyDraft::default()
    })
}

/// The day on which industry's review of a log falls due.
fn industry_due(date: &str, moment: &str, cadence: ReviewCadence) -> String {
    let mut world = World::new();
    if cadence == ReviewCadence::Weekly {
        world.setting.policy = weekly();
    }
    world.at(moment).submit_new(date, &worked()).unwrap();
    world.entry().state().due().unwrap().on.to_string()
}

#[test]
fn industry_has_three_working_days_from_the_submission() {
    let table = [
        ("07-06", "07-06 17:00", "2026-07-09"),
        ("07-08", "07-08 17:00", "2026-07-13"),
        ("07-10", "07-10 17:00", "2026-07-15"),
        ("07-10", "07-11 17:00", "2026-07-15"),
        ("07-10", "07-12 23:59:59", "2026-07-15"),
        ("07-10", "07-13 00:00", "2026-07-16"),
    ];
    for (date, moment, expected) in table {
        assert_eq!(
            industry_due(date, moment, ReviewCadence::Daily),
            expected,
            "{date} at {moment}"
        );
    }
}

#[test]
fn a_weekly_review_counts_from_the_end_of_the_week_of_the_log() {
    let table = [
        ("07-06", "07-06 17:00", "2026-07-15"),
        ("07-10", "07-10 17:00", "2026-07-15"),
        ("07-12", "07-12 17:00", "2026-07-15"),
        // Handed in after its week: from the submission.
        ("07-10", "07-14 17:00", "2026-07-17"),
    ];
    for (date, moment, expected) in table {
        assert_eq!(
            industry_due(date, moment, ReviewCadence::Weekly),
            expected,
            "{date} at {moment}"
        );
    }
}

#[test]
fn the_academic_side_has_seven_working_days_of_the_institution_from_the_verification() {
    let mut world = World::submitted();
    world.setting.institution = calendar(&["07-15"]);
    world.setting.workplace = workplace(&site(Some(&["07-09", "07-10"])), Mode::OnSite);
    world.at("07-08 10:00").take(INDUSTRIAL, &approve()).unwrap();
    assert_eq!(world.entry().state().due().unwrap().on, day("07-20"));
}

#[test]
fn a_weekly_academic_review_counts_from_the_end_of_the_week_too() {
    let mut world = World::submitted();
    world.setting.policy = weekly();
    world.take(INDUSTRIAL, &approve()).unwrap();
    assert_eq!(world.entry().state().due().unwrap().on, day("07-21"));
}

#[test]
fn the_days_of_a_review_are_the_programmes() {
    let mut world = World::new();
    world.setting.policy = policy(PolicyDraft {
        industry_review_days: Some(1),
        academic_review_days: Some(2),
        ..PolicyDraft::default()
    });
    world.submit_new("07-06", &worked()).unwrap();
    assert_eq!(world.entry().state().due().unwrap().on, day("07-07"));
    world.take(COORDINATOR, &verify_on_evidence()).unwrap();
    assert_eq!(world.entry().state().due().unwrap().on, day("07-08"));
}

#[test]
fn a_retraction_leaves_industry_the_days_that_it_had() {
    let mut world = World::submitted();
    let due = world.entry().state().due();
    world.at("07-08 10:00").take(INDUSTRIAL, &reject()).unwrap();
    assert_eq!(world.entry().state().due(), None);
    world.at("07-08 10:05").take(INDUSTRIAL, &retract()).unwrap();
    assert_eq!(world.entry().state().due(), due);
}

#[test]
fn what_a_coordinator_returns_falls_due_anew() {
    use crate::logbook::transition::ReturnTo;
    let table = [
        (ReturnTo::Industry, "2026-07-23"),
        (ReturnTo::Academic, "2026-07-29"),
    ];
    for (to, expected) in table {
        let mut world = World::submitted();
        world.take(INDUSTRIAL, &approve()).unwrap();
        world.take(UNIVERSITY, &flag()).unwrap();
        world.at("07-20 10:00").take(COORDINATOR, &return_to(to)).unwrap();
        assert_eq!(
            world.entry().state().due().unwrap().on.to_string(),
            expected,
            "{to:?}"
        );
    }
}

#[test]
fn a_day_ends_by_the_reviewers_own_clocks() {
    let zones: [(Tz, &str); 2] = [
        (chrono_tz::Africa::Dar_es_Salaam, "2026-07-09T21:00:00Z"),
        (America::Los_Angeles, "2026-07-10T07:00:00Z"),
    ];
    for (zone, midnight) in zones {
        let calendar = WorkingCalendar::new(
            zone,
            WeekendDays::SATURDAY_AND_SUNDAY,
            std::iter::empty().collect(),
        );
        let due = Due::at_end_of(day("07-09"), &calendar);
        let midnight: crate::Instant = midnight.parse().unwrap();
        assert_eq!(due.at, midnight - TimeDelta::microseconds(1));
        assert!(!due.is_past(due.at) && due.is_past(midnight));
    }
}
