//! `late` is a label: the first submission came after the end of the next working day of the workplace.

use super::{fixtures::*, world::World};
use crate::placement::mode::Mode;

/// Whether a log of `date`, handed in at `moment` at a workplace with these holidays, is late.
fn late(date: &str, moment: &str, holidays: &[&str]) -> bool {
    let mut world = World::new();
    world.setting.workplace = workplace(&site(Some(holidays)), Mode::OnSite);
    world.at(moment).submit_new(date, &worked()).unwrap();
    world.entry().first_submission().unwrap().late
}

#[test]
fn a_log_is_on_time_until_the_end_of_the_next_working_day() {
    let table = [
        ("07-06", "07-06 17:00", false),
        ("07-06", "07-07 23:59:59", false),
        ("07-06", "07-08 00:00", true),
        ("07-10", "07-13 23:59:59", false),
        ("07-10", "07-14 00:00", true),
        ("07-11", "07-13 23:59:59", false),
        ("07-12", "07-14 00:00", true),
    ];
    for (date, moment, expected) in table {
        assert_eq!(late(date, moment, &[]), expected, "{date} at {moment}");
    }
}

#[test]
fn a_holiday_of_the_workplace_gives_a_day_more() {
    assert!(!late("07-10", "07-14 23:59:59", &["07-13"]));
    assert!(late("07-10", "07-15 00:00", &["07-13"]));
}

#[test]
fn a_holiday_of_the_institution_alone_gives_nothing() {
    let mut world = World::new();
    world.setting.institution = calendar(&["07-07"]);
    world.setting.workplace = workplace(&site(Some(&[])), Mode::OnSite);
    world.at("07-08 00:00").submit_new("07-06", &worked()).unwrap();
    assert!(world.entry().first_submission().unwrap().late);
}

#[test]
fn a_draft_is_not_late_before_it_is_handed_in() {
    let mut world = World::new();
    world.draft("07-06", &worked()).unwrap();
    assert_eq!(world.entry().first_submission(), None);
    world.at("07-09 09:00").hand_in(&worked()).unwrap();
    assert!(world.entry().first_submission().unwrap().late);
}

#[test]
fn a_second_submission_changes_nothing_about_the_first() {
    let mut world = World::submitted();
    let first = world.entry().first_submission();
    world.take(STUDENT, &recall()).unwrap();
    assert_eq!(world.entry().first_submission(), first);
    world.at("07-30 09:00").hand_in(&worked()).unwrap();
    assert_eq!(world.entry().first_submission(), first);
    assert!(!first.unwrap().late);
}
