//! Hours: assumed where none are told, marked where they exceed the week.

use super::{fixtures::*, world::World};
use crate::{
    logbook::{
        hours::{Minutes, WorkedHours},
        input::ReportInput,
        kind::DayKind,
    },
    placement::policy::PolicyDraft,
};

/// Hours claimed, and whether they were assumed.
fn claimed(world: &World) -> (Option<f64>, bool) {
    let report = &world.entry().submission().unwrap().report;
    (report.hours.map(WorkedHours::as_hours), report.hours_assumed)
}

#[test]
fn hours_left_out_are_the_programmes_standard_day() {
    let mut world = World::new();
    world.setting.policy = policy(PolicyDraft {
        standard_day_hours: Some(7.5),
        ..PolicyDraft::default()
    });
    world.submit_new("07-06", &hours_left_out()).unwrap();
    assert_eq!(claimed(&world), (Some(7.5), true));
}

#[test]
fn hours_told_are_not_assumed_even_if_they_are_the_standard_day() {
    assert_eq!(claimed(&World::submitted()), (Some(8.0), false));
}

#[test]
fn an_absence_has_no_hours_and_none_are_assumed() {
    let mut world = World::new();
    world.submit_new("07-06", &absent(DayKind::HostClosed)).unwrap();
    assert_eq!(claimed(&world), (None, false));
}

#[test]
fn hours_that_were_assumed_once_are_assumed_again_unless_they_are_told() {
    let mut world = World::new();
    world.submit_new("07-06", &hours_left_out()).unwrap();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world
        .hand_in(&text("Fitted the bearings of the second pump."))
        .unwrap();
    assert_eq!(claimed(&world), (Some(8.0), true));
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.hand_in(&worked_hours(7.25)).unwrap();
    assert_eq!(claimed(&world), (Some(7.25), false));
    world.take(INDUSTRIAL, &reject()).unwrap();
    world
        .hand_in(&ReportInput {
            hours_worked: Some(None),
            ..ReportInput::default()
        })
        .unwrap();
    assert_eq!(claimed(&world), (Some(8.0), true));
}

#[test]
fn an_assumed_day_may_become_an_absence() {
    let mut world = World::new();
    world.submit_new("07-06", &hours_left_out()).unwrap();
    world.take(STUDENT, &recall()).unwrap();
    world.hand_in(&absent(DayKind::Sick)).unwrap();
    assert_eq!(claimed(&world), (None, false));
}

/// Whether a day of so many hours is marked beside what was submitted on the other days of the week.
fn excess(other: Minutes, input: &ReportInput, draft: PolicyDraft) -> bool {
    let mut world = World::new();
    world.setting.policy = policy(draft);
    world.setting.surroundings.other_hours_of_week = other;
    world.submit_new("07-06", input).unwrap();
    world.entry().submission().unwrap().excess_hours
}

#[test]
fn a_day_that_takes_the_week_above_its_limit_is_accepted_and_marked() {
    let sixty = || PolicyDraft::default();
    assert!(!excess(Minutes::from_hours(52), &worked_hours(8.0), sixty()));
    assert!(excess(Minutes::from_hours(52), &worked_hours(8.25), sixty()));
    assert!(excess(Minutes::from_hours(60), &worked_hours(0.25), sixty()));
    assert!(
        excess(Minutes::from_hours(53), &hours_left_out(), sixty()),
        "assumed hours count"
    );
    let forty = PolicyDraft {
        max_week_hours: Some(40.0),
        ..PolicyDraft::default()
    };
    assert!(excess(
        Minutes::from_hours(32),
        &worked_hours(8.25),
        forty.clone()
    ));
    assert!(!excess(Minutes::from_hours(32), &worked_hours(8.0), forty));
}

#[test]
fn an_absence_does_not_take_the_week_further() {
    assert!(!excess(
        Minutes::from_hours(60),
        &absent(DayKind::Sick),
        PolicyDraft::default()
    ));
}

#[test]
fn the_mark_is_judged_anew_with_each_text() {
    let mut world = World::new();
    world.setting.surroundings.other_hours_of_week = Minutes::from_hours(52);
    world.submit_new("07-06", &worked_hours(9.0)).unwrap();
    assert!(world.entry().submission().unwrap().excess_hours);
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.hand_in(&worked_hours(8.0)).unwrap();
    assert!(!world.entry().submission().unwrap().excess_hours);
}
