use proptest::prelude::*;

use super::*;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(number)
}

fn period(start: u64, end: u64) -> Period {
    Period::new(day(start), day(end)).unwrap()
}

fn any_period() -> impl Strategy<Value = Period> {
    (0_u64..400, 0_u64..400).prop_map(|(start, length)| period(start, start + length))
}

#[test]
fn a_period_of_one_day_has_one_day() {
    assert_eq!(period(3, 3).days(), 1);
    assert_eq!(period(3, 9).days(), 7);
}

#[test]
fn a_period_that_ends_before_it_starts_is_none() {
    let refused = Period::new(day(3), day(2)).unwrap_err();
    assert_eq!((refused.start, refused.end), (day(3), day(2)));
}

#[test]
fn periods_that_share_an_end_overlap_and_neighbouring_ones_do_not() {
    assert!(period(1, 5).overlaps(&period(5, 9)));
    assert!(!period(1, 5).overlaps(&period(6, 9)));
}

#[test]
fn a_period_is_cut_at_a_day_and_is_gone_when_it_begins_later() {
    assert_eq!(period(3, 9).until(day(5)), Some(period(3, 5)));
    assert_eq!(period(3, 9).until(day(20)), Some(period(3, 9)));
    assert_eq!(period(3, 9).until(day(2)), None);
}

#[test]
fn a_period_goes_on_until_a_later_day_and_is_not_cut_by_an_earlier_one() {
    assert_eq!(period(3, 9).at_least_until(day(20)), period(3, 20));
    assert_eq!(period(3, 9).at_least_until(day(9)), period(3, 9));
    assert_eq!(period(3, 9).at_least_until(day(1)), period(3, 9));
}

#[test]
fn days_of_several_periods_are_counted_once() {
    assert_eq!(
        Period::days_covered([period(0, 9), period(5, 14), period(20, 20), period(7, 8)]),
        16
    );
    assert_eq!(Period::days_covered([]), 0);
}

proptest! {
    #[test]
    fn overlap_is_symmetric_and_means_a_shared_day(a in any_period(), b in any_period()) {
        prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        let shared = (0..800).map(day).any(|day| a.contains(day) && b.contains(day));
        prop_assert_eq!(a.overlaps(&b), shared);
    }

    #[test]
    fn the_days_covered_are_those_that_lie_in_any(periods in prop::collection::vec(any_period(), 0..6)) {
        let counted = (0..800).map(day).filter(|day| periods.iter().any(|period| period.contains(*day))).count();
        prop_assert_eq!(usize::try_from(Period::days_covered(periods)).unwrap(), counted);
    }

    #[test]
    fn a_period_encloses_what_begins_and_ends_in_it(a in any_period(), b in any_period()) {
        prop_assert_eq!(a.encloses(&b), a.contains(b.start()) && a.contains(b.end()));
    }
}
