//! Credit: validated days once each, hours up to the week's limit.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    logbook::{
        credit::{Credit, DayOfCredit, tally},
        hours::Minutes,
        kind::DayKind,
        state::StateName,
    },
    placement::policy::{Policy, PolicyDraft},
    tenancy::week::Week,
};

fn worked_on(date: &str, hours: u16) -> DayOfCredit {
    DayOfCredit {
        date: day(date),
        kind: DayKind::Worked,
        minutes: Minutes::from_hours(hours),
    }
}

fn absent_on(date: &str, kind: DayKind) -> DayOfCredit {
    DayOfCredit {
        date: day(date),
        kind,
        minutes: Minutes::ZERO,
    }
}

fn credit(hours: u16, days: u32) -> Credit {
    Credit {
        minutes: Minutes::from_hours(hours),
        days,
    }
}

/// A worked day of these hours, through the whole chain.
fn validated(date: &str, hours: f64, other: Minutes) -> World {
    let mut world = World::new();
    world.setting.surroundings.other_hours_of_week = other;
    world
        .at(&format!("{date} 20:00"))
        .submit_new(date, &worked_hours(hours))
        .unwrap();
    world.take(INDUSTRIAL, &approve()).unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    world
}

#[test]
fn row_14_hours_above_the_weeks_limit_are_accepted_and_marked_and_earn_nothing() {
    let week = ["07-06", "07-07", "07-08", "07-09", "07-10"];
    let mut entries: Vec<_> = (0_u16..)
        .zip(week)
        .map(|(before, date)| validated(date, 12.0, Minutes::from_hours(12 * before)))
        .collect();
    entries.push(validated("07-11", 0.25, Minutes::from_hours(60)));
    let marked: Vec<_> = entries
        .iter()
        .map(|world| world.entry().submission().unwrap().excess_hours)
        .collect();
    assert_eq!(marked, [false, false, false, false, false, true]);
    let earned = tally(
        entries.iter().filter_map(World::day_of_credit),
        &Policy::default(),
    );
    assert_eq!(earned, credit(60, 6));
}

#[test]
fn only_a_validated_entry_earns_credit() {
    for shape in [
        Shape::DraftNeverSubmitted,
        Shape::DraftOnceSubmitted,
        Shape::Submitted,
        Shape::RevisionRequested,
        Shape::Verified,
        Shape::VerifiedOnEvidence,
        Shape::FlaggedByUniversity,
        Shape::Disputed,
        Shape::Validated,
        Shape::Voided,
    ] {
        let world = entry_in(shape);
        let earns = world.state() == StateName::Validated;
        assert_eq!(
            world.day_of_credit(),
            earns.then(|| worked_on("07-06", 8)),
            "{shape:?}"
        );
    }
}

#[test]
fn confirmed_hours_count_instead_of_those_claimed() {
    let mut world = World::submitted();
    world
        .take(INDUSTRIAL, &confirm(6.0, Some("Left at two.")))
        .unwrap();
    world.take(UNIVERSITY, &flag()).unwrap();
    world
        .take(
            COORDINATOR,
            &return_to(crate::logbook::transition::ReturnTo::Academic),
        )
        .unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    assert_eq!(world.day_of_credit(), Some(worked_on("07-06", 6)));
}

#[test]
fn each_week_from_monday_to_sunday_has_its_own_limit() {
    let days = [
        worked_on("07-11", 40),
        worked_on("07-12", 40),
        worked_on("07-13", 40),
    ];
    assert_eq!(tally(days, &Policy::default()), credit(100, 3));
    let forty = policy(PolicyDraft {
        max_week_hours: Some(20.0),
        ..PolicyDraft::default()
    });
    assert_eq!(tally(days, &forty), credit(40, 3));
}

#[test]
fn a_day_counts_once_with_the_larger_number_of_hours() {
    let twice = [
        worked_on("07-06", 6),
        worked_on("07-06", 8),
        worked_on("07-06", 7),
    ];
    assert_eq!(tally(twice, &Policy::default()), credit(8, 1));
    assert_eq!(tally([], &Policy::default()), Credit::default());
}

#[test]
fn an_absence_counts_as_a_day_without_hours_where_the_programme_says_so() {
    let sick_counts = policy(PolicyDraft {
        credit_day_kinds: Some(vec![DayKind::Sick]),
        ..PolicyDraft::default()
    });
    let days = [
        worked_on("07-06", 8),
        DayOfCredit {
            kind: DayKind::Training,
            ..worked_on("07-07", 6)
        },
        absent_on("07-08", DayKind::Sick),
        absent_on("07-09", DayKind::HostClosed),
    ];
    assert_eq!(tally(days, &sick_counts), credit(14, 3));
    assert_eq!(tally(days, &Policy::default()), credit(14, 2));
}

#[test]
fn a_validated_sick_day_is_told_with_its_kind() {
    let mut world = World::new();
    world.submit_new("07-06", &absent(DayKind::Sick)).unwrap();
    world.take(INDUSTRIAL, &approve()).unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    assert_eq!(world.day_of_credit(), Some(absent_on("07-06", DayKind::Sick)));
}

fn any_day() -> impl Strategy<Value = DayOfCredit> {
    let kinds = prop::sample::select(DayKind::ALL.to_vec());
    (0_u64..40, kinds, 1_u32..=96).prop_map(|(after, kind, quarters)| DayOfCredit {
        date: NaiveDate::from_ymd_opt(2026, 7, 1).unwrap() + chrono::Days::new(after),
        kind,
        minutes: if kind.carries_hours() {
            Minutes::new(quarters * 15)
        } else {
            Minutes::ZERO
        },
    })
}

/// A policy that credits some absences, with a limit of the week in hours.
fn any_policy() -> impl Strategy<Value = Policy> {
    let absences: Vec<_> = DayKind::ALL
        .into_iter()
        .filter(|kind| !kind.carries_hours())
        .collect();
    (prop::sample::subsequence(absences, 0..=5), 16_u32..=100).prop_map(|(kinds, hours)| {
        policy(PolicyDraft {
            credit_day_kinds: Some(kinds),
            max_week_hours: Some(f64::from(hours)),
            ..PolicyDraft::default()
        })
    })
}

proptest! {
    #[test]
    fn a_day_never_counts_twice_and_no_week_exceeds_its_limit(
        days in prop::collection::vec(any_day(), 0..60),
        policy in any_policy(),
    ) {
        let earned = tally(days.clone(), &policy);
        let mut dates: Vec<_> = days.iter().map(|day| day.date).collect();
        dates.sort_unstable();
        dates.dedup();
        prop_assert!(usize::try_from(earned.days).unwrap() <= dates.len());
        let mut weeks: Vec<_> = dates.iter().map(|date| Week::of(*date)).collect();
        weeks.dedup();
        let limit = policy.max_week_minutes().get() * u32::try_from(weeks.len()).unwrap();
        prop_assert!(earned.minutes.get() <= limit);
        for week in weeks {
            let of_week = days.iter().filter(|day| week.contains(day.date)).copied();
            prop_assert!(tally(of_week, &policy).minutes <= policy.max_week_minutes());
        }
    }

    #[test]
    fn neither_order_nor_repetition_changes_what_is_earned(
        days in prop::collection::vec(any_day(), 0..60),
        policy in any_policy(),
    ) {
        let earned = tally(days.clone(), &policy);
        let backwards = days.iter().rev().copied();
        prop_assert_eq!(tally(backwards.chain(days.clone()), &policy), earned);
    }

    #[test]
    fn one_more_day_never_takes_credit_away(
        days in prop::collection::vec(any_day(), 0..60),
        more in any_day(),
        policy in any_policy(),
    ) {
        let before = tally(days.clone(), &policy);
        let after = tally(days.into_iter().chain([more]), &policy);
        prop_assert!(after.minutes >= before.minutes && after.days >= before.days);
    }
}
