//! How many students a supervisor has on a day, and what a change adds to that.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::world::*;
use crate::{
    error::Violation as _,
    placement::{
        delegation::Part,
        load::{Gain, Overload, Stay},
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{Policy, PolicyDraft},
        state::PlacementState,
        supervisor::cap_of,
        violation::PlacementViolation,
    },
};

const TODAY: (u32, u32) = (6, 1);

fn today() -> NaiveDate {
    day(TODAY.0, TODAY.1)
}

fn stay(student: u128, days: Period) -> Stay {
    Stay {
        student: user(student),
        days,
    }
}

/// So many others, on the same days.
fn others(number: u128, days: Period) -> Vec<Stay> {
    (0..number).map(|other| stay(500 + other, days)).collect()
}

fn approved(days: Period) -> Placement {
    Placement::from_parts(PlacementParts {
        period: days,
        ..parts(PlacementState::Approved)
    })
    .unwrap()
}

/// What the foreman gains.
fn gain(before: Option<&Placement>, after: &Placement) -> Option<Gain> {
    Gain::of(before, after, Part::Industrial, today())
}

fn first_day_over(gain: Option<Gain>, cap: u32, others: &[Stay]) -> Option<NaiveDate> {
    gain.unwrap().check(cap, others).err().map(|over| over.day)
}

const TERM: ((u32, u32), (u32, u32)) = ((7, 6), (9, 25));

fn term() -> Period {
    period(TERM.0, TERM.1)
}

#[test]
fn the_eleventh_student_of_an_industrial_supervisor_is_refused() {
    // Row 43.
    let cap = cap_of(Part::Industrial, &Policy::default());
    let gain = gain(None, &approved(term())).unwrap();
    assert_eq!(gain.check(cap, &others(9, term())), Ok(()), "the tenth");
    let over = Overload {
        part: Part::Industrial,
        day: day(7, 6),
        students: 10,
        cap: 10,
    };
    assert_eq!(gain.check(cap, &others(10, term())), Err(over), "the eleventh");
    let told = PlacementViolation::SupervisorOverCap(over);
    assert_eq!(
        (told.code(), told.pointer()),
        ("supervisor_over_cap", "/industrial_supervisor_id")
    );
    assert_eq!(
        told.to_string(),
        "on 2026-07-06 this supervisor's students number 10 already, and the programme allows 10"
    );
}

#[test]
fn the_cap_of_university_supervisors_is_their_own_and_set_by_the_policy() {
    let draft = PolicyDraft {
        students_per_university_supervisor: Some(2),
        ..PolicyDraft::default()
    };
    let cap = cap_of(Part::Academic, &Policy::from_draft(draft).unwrap());
    let gain = Gain::of(None, &approved(term()), Part::Academic, today()).unwrap();
    assert_eq!(gain.supervisor(), user(UNIVERSITY));
    assert!(gain.check(cap, &others(1, term())).is_ok());
    let over = gain.check(cap, &others(2, term())).unwrap_err();
    assert_eq!(
        PlacementViolation::SupervisorOverCap(over).pointer(),
        "/university_supervisor_id"
    );
}

#[test]
fn both_ends_of_a_placement_count_and_the_days_beside_them_do_not() {
    let full = others(1, period((5, 4), (7, 6)));
    assert_eq!(
        first_day_over(gain(None, &approved(term())), 1, &full),
        Some(day(7, 6))
    );
    let afterwards = approved(period((7, 7), (9, 25)));
    assert_eq!(first_day_over(gain(None, &afterwards), 1, &full), None);
    let next = others(1, period((9, 25), (12, 11)));
    assert_eq!(
        first_day_over(gain(None, &approved(term())), 1, &next),
        Some(day(9, 25))
    );
    let next = others(1, period((9, 26), (12, 11)));
    assert_eq!(first_day_over(gain(None, &approved(term())), 1, &next), None);
}

#[test]
fn those_who_come_one_after_the_other_never_meet() {
    let one_after_the_other = [
        stay(10, period((6, 1), (7, 31))),
        stay(11, period((8, 1), (8, 31))),
        stay(12, period((9, 1), (10, 30))),
    ];
    let gained = gain(None, &approved(term()));
    assert_eq!(first_day_over(gained, 2, &one_after_the_other), None);
    assert_eq!(first_day_over(gained, 1, &one_after_the_other), Some(day(7, 6)));
}

#[test]
fn a_student_counts_once_a_day_however_many_placements_are_shared() {
    let gained = gain(None, &approved(term()));
    // Another's two placements are one student, on 1 September as well.
    let twice = [
        stay(10, period((7, 6), (9, 1))),
        stay(10, period((9, 1), (9, 25))),
    ];
    assert_eq!(first_day_over(gained, 2, &twice), None);
    // The student is there already until the end of July, by another placement.
    let mut full = others(1, term());
    full.push(stay(STUDENT, period((7, 6), (7, 31))));
    assert_eq!(first_day_over(gained, 1, &full), Some(day(8, 1)));
    full.push(stay(STUDENT, period((8, 1), (9, 25))));
    assert_eq!(first_day_over(gained, 1, &full), None);
}

#[test]
fn a_change_that_adds_no_day_gains_nothing() {
    let before = approved(term());
    assert_eq!(gain(Some(&before), &before), None);
    assert_eq!(gain(Some(&before), &approved(period((7, 13), (9, 18)))), None);
    assert_eq!(gain(Some(&before), &active()), None);
    for state in [
        PlacementState::Cancelled { reason: None },
        PlacementState::Completed {
            active_since: day(7, 6),
            on: day(9, 18),
        },
    ] {
        assert_eq!(gain(Some(&active()), &placement(state)), None);
    }
    let left_open = Placement::from_parts(PlacementParts {
        industrial_supervisor: None,
        ..parts(PlacementState::Approved)
    });
    assert_eq!(gain(Some(&before), &left_open.unwrap()), None);
}

#[test]
fn only_the_days_that_are_added_are_judged() {
    let before = approved(term());
    let crowd = others(12, term());
    let longer = gain(Some(&before), &approved(period((7, 6), (10, 30))));
    assert_eq!(longer.unwrap().days(), period((7, 6), (10, 30)));
    assert_eq!(first_day_over(longer, 10, &crowd), None);
    let mut next = crowd.clone();
    next.extend(others(10, period((10, 12), (12, 11))));
    assert_eq!(first_day_over(longer, 10, &next), Some(day(10, 12)));
    let earlier = gain(Some(&before), &approved(period((6, 29), (9, 25))));
    assert_eq!(first_day_over(earlier, 10, &crowd), None);
    assert_eq!(
        first_day_over(earlier, 10, &others(10, period((6, 1), (6, 29)))),
        Some(day(6, 29))
    );
}

#[test]
fn a_successor_gains_all_days() {
    let before = approved(term());
    let after = Placement::from_parts(PlacementParts {
        industrial_supervisor: Some(user(SOMEBODY)),
        ..parts(PlacementState::Approved)
    })
    .unwrap();
    let gained = gain(Some(&before), &after).unwrap();
    assert_eq!((gained.supervisor(), gained.days()), (user(SOMEBODY), term()));
    assert_eq!(Gain::of(Some(&before), &after, Part::Academic, today()), None);
}

#[test]
fn a_placement_under_way_lasts_until_today_when_its_last_day_has_passed() {
    let late = day(10, 9);
    let lasting = Stay::of(&active(), late).unwrap();
    assert_eq!(lasting, stay(STUDENT, period((7, 6), (10, 9))));
    assert_eq!(Stay::of(&active(), day(8, 1)), Some(stay(STUDENT, term())));
    let waiting = placement(PlacementState::Approved);
    assert_eq!(Stay::of(&waiting, late), Some(stay(STUDENT, term())));
    assert_eq!(Stay::of(&terminated(day(8, 14)), late), None);
    // That it begins late is not refused, and by an extension the days until then are not added once more.
    assert_eq!(Gain::of(Some(&waiting), &active(), Part::Industrial, late), None);
    let extended = Placement::from_parts(PlacementParts {
        period: period((7, 6), (10, 30)),
        ..parts(PlacementState::Active { since: day(7, 6) })
    })
    .unwrap();
    let gained = Gain::of(Some(&active()), &extended, Part::Industrial, late);
    assert_eq!(
        first_day_over(gained, 1, &others(1, period((9, 28), (10, 9)))),
        None
    );
    assert_eq!(
        first_day_over(gained, 1, &others(1, period((9, 28), (10, 10)))),
        Some(day(10, 10))
    );
}

fn nth(number: u64) -> NaiveDate {
    day(1, 1) + Days::new(number)
}

fn any_period() -> impl Strategy<Value = Period> {
    (0_u64..30, 0_u64..12).prop_map(|(start, length)| Period::new(nth(start), nth(start + length)).unwrap())
}

/// Few students, the placement's own among them, so that they often meet.
fn any_stay() -> impl Strategy<Value = Stay> {
    (0_u128..6, any_period())
        .prop_map(|(other, days)| stay(if other == 0 { STUDENT } else { 100 + other }, days))
}

proptest! {
    #[test]
    fn the_first_day_over_the_cap_is_that_of_looking_at_every_day(
        before in prop::option::of(any_period()),
        after in any_period(),
        others in prop::collection::vec(any_stay(), 0..12),
        cap in 1_u32..5,
    ) {
        let (before, after) = (before.map(approved), approved(after));
        let there = |day: NaiveDate| -> BTreeSet<_> {
            others.iter().filter(|other| other.days.contains(day)).map(|other| other.student).collect()
        };
        let is_added = |day: NaiveDate| {
            after.period().contains(day)
                && !before.as_ref().is_some_and(|before| before.period().contains(day))
                && !there(day).contains(&user(STUDENT))
        };
        let expected = (0..60).map(nth).find(|day| is_added(*day) && there(*day).len() >= cap as usize);
        let told = gain(before.as_ref(), &after).and_then(|gain| gain.check(cap, &others).err());
        prop_assert_eq!(told.map(|over| over.day), expected);
        if let Some(over) = told {
            prop_assert_eq!(over.students as usize, there(over.day).len());
        }
    }
}
