use chrono::{DateTime, TimeDelta, Weekday};
use chrono_tz::{Africa, America, Asia, Europe, Pacific};
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn calendar(zone: Tz) -> WorkingCalendar {
    WorkingCalendar::new(zone, WeekendDays::SATURDAY_AND_SUNDAY, BTreeSet::new())
}

fn dar_es_salaam_without(holidays: &[&str]) -> WorkingCalendar {
    let holidays = holidays.iter().map(|holiday| date(holiday)).collect();
    WorkingCalendar::new(Africa::Dar_es_Salaam, WeekendDays::SATURDAY_AND_SUNDAY, holidays)
}

/// The length of a day in minutes.
fn length(zone: Tz, day: &str) -> i64 {
    let calendar = calendar(zone);
    (calendar.end_of_day(date(day)) - calendar.start_of_day(date(day))).num_minutes()
}

#[test]
fn the_seventh_of_july_begins_in_dar_es_salaam_at_nine_in_the_evening_utc() {
    let calendar = calendar(Africa::Dar_es_Salaam);
    assert_eq!(
        calendar.local_date(instant("2026-07-06T20:59:59Z")),
        date("2026-07-06")
    );
    assert_eq!(
        calendar.local_date(instant("2026-07-06T21:00:00Z")),
        date("2026-07-07")
    );
}

#[test]
fn a_friday_is_followed_by_monday_whose_last_second_is_still_in_it() {
    let calendar = calendar(Africa::Dar_es_Salaam);
    let monday = calendar.next_working_day(date("2026-07-10"));
    assert_eq!(monday, date("2026-07-13"));
    assert!(instant("2026-07-13T23:59:59+03:00") < calendar.end_of_day(monday));
    assert_eq!(calendar.end_of_day(monday), instant("2026-07-14T00:00:00+03:00"));
}

#[test]
fn three_working_days_after_a_friday_with_a_holiday_on_monday_are_over_at_the_end_of_thursday() {
    let calendar = dar_es_salaam_without(&["2026-07-13"]);
    let due = calendar.add_working_days(date("2026-07-10"), 3);
    assert_eq!(due, date("2026-07-16"));
    assert_eq!(calendar.end_of_day(due), instant("2026-07-16T21:00:00Z"));
}

#[test]
fn a_holiday_at_the_weekend_takes_no_working_day() {
    let calendar = dar_es_salaam_without(&["2026-07-11"]);
    assert_eq!(
        calendar.add_working_days(date("2026-07-10"), 1),
        date("2026-07-13")
    );
    assert_eq!(
        calendar.working_days_between(date("2026-07-10"), date("2026-07-17")),
        5
    );
}

#[test]
fn no_working_days_later_is_the_same_day_even_at_the_weekend() {
    let calendar = calendar(Africa::Dar_es_Salaam);
    assert_eq!(
        calendar.add_working_days(date("2026-07-11"), 0),
        date("2026-07-11")
    );
}

#[test]
fn a_friday_and_saturday_weekend_makes_sunday_a_working_day() {
    let calendar = WorkingCalendar::new(
        chrono_tz::Africa::Cairo,
        WeekendDays::FRIDAY_AND_SATURDAY,
        BTreeSet::new(),
    );
    assert_eq!(calendar.next_working_day(date("2026-07-09")), date("2026-07-12"));
    assert!(!calendar.is_working_day(date("2026-07-10")));
}

#[test]
fn a_week_without_a_working_day_is_refused() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    assert_eq!(WeekendDays::from_bits(0b111_1111), Err(WeekendError));
    assert_eq!(WeekendDays::from_bits(0b1000_0000), Err(WeekendError));
    assert_eq!(
        WeekendDays::from_days([Mon, Tue, Wed, Thu, Fri, Sat, Sun]),
        Err(WeekendError)
    );
    let six = WeekendDays::from_days([Mon, Tue, Wed, Thu, Fri, Sat, Sat]).unwrap();
    assert_eq!(six.days().collect::<Vec<_>>(), [Mon, Tue, Wed, Thu, Fri, Sat]);
    assert_eq!(WeekendDays::from_bits(six.bits()), Ok(six));
}

#[test]
fn one_working_day_a_week_is_enough_to_find_the_next() {
    let only_wednesday = WeekendDays::from_bits(0b111_1011).unwrap();
    let calendar = WorkingCalendar::new(Tz::UTC, only_wednesday, BTreeSet::new());
    assert_eq!(
        calendar.add_working_days(date("2026-07-08"), 2),
        date("2026-07-22")
    );
}

#[test]
fn a_calendar_full_of_holidays_leads_to_the_first_day_after_them() {
    let holidays = date("2026-01-01")
        .iter_days()
        .take_while(|day| *day < date("2046-01-01"))
        .collect();
    let calendar = WorkingCalendar::new(Tz::UTC, WeekendDays::SATURDAY_AND_SUNDAY, holidays);
    assert_eq!(calendar.next_working_day(date("2026-01-01")), date("2046-01-01"));
    assert_eq!(
        calendar.working_days_between(date("2026-01-01"), date("2046-01-01")),
        1
    );
}

#[test]
fn the_search_ends_at_the_end_of_the_calendar() {
    let calendar = calendar(Africa::Dar_es_Salaam);
    assert_eq!(calendar.add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
    assert_eq!(calendar.end_of_day(NaiveDate::MAX), Instant::MAX_UTC);
    assert_eq!(
        calendar.local_date(Instant::MAX_UTC),
        Instant::MAX_UTC.date_naive()
    );
    assert_eq!(calendar.working_days_between(NaiveDate::MAX, NaiveDate::MIN), 0);
    assert!(calendar.working_days_between(NaiveDate::MIN, NaiveDate::MAX) > 100_000_000);
}

#[test]
fn days_on_which_paris_changes_its_clocks_have_23_and_25_hours() {
    assert_eq!(length(Europe::Paris, "2026-03-28"), 24 * 60);
    assert_eq!(length(Europe::Paris, "2026-03-29"), 23 * 60);
    assert_eq!(length(Europe::Paris, "2026-10-25"), 25 * 60);
}

#[test]
fn a_day_without_midnight_begins_at_one_in_sao_paulo() {
    let calendar = calendar(America::Sao_Paulo);
    assert_eq!(
        calendar.start_of_day(date("2018-11-04")),
        instant("2018-11-04T01:00:00-02:00")
    );
    assert_eq!(
        calendar.end_of_day(date("2018-11-03")),
        instant("2018-11-04T01:00:00-02:00")
    );
    assert_eq!(length(America::Sao_Paulo, "2018-11-04"), 23 * 60);
}

#[test]
fn a_day_whose_last_hour_comes_twice_ends_after_the_second() {
    let calendar = calendar(America::Sao_Paulo);
    assert_eq!(
        calendar.end_of_day(date("2018-02-17")),
        instant("2018-02-18T00:00:00-03:00")
    );
    assert_eq!(length(America::Sao_Paulo, "2018-02-17"), 25 * 60);
}

#[test]
fn a_day_that_comes_back_after_midnight_ends_at_the_second_midnight() {
    // At 00:01 on the 7th, clocks in St John's went back to 23:01 on the 6th.
    let calendar = calendar(America::St_Johns);
    assert_eq!(
        calendar.end_of_day(date("2010-11-06")),
        instant("2010-11-07T00:00:00-03:30")
    );
    assert_eq!(
        calendar.local_date(instant("2010-11-07T00:00:00-03:30") - TimeDelta::seconds(1)),
        date("2010-11-06")
    );
}

#[test]
fn the_day_that_samoa_skipped_is_empty() {
    let calendar = calendar(Pacific::Apia);
    let change = instant("2011-12-31T00:00:00+14:00");
    assert_eq!(calendar.end_of_day(date("2011-12-29")), change);
    assert_eq!(calendar.start_of_day(date("2011-12-30")), change);
    assert_eq!(calendar.end_of_day(date("2011-12-30")), change);
    assert_eq!(calendar.start_of_day(date("2011-12-31")), change);
    assert_eq!(
        calendar.local_date(change - TimeDelta::microseconds(1)),
        date("2011-12-29")
    );
    assert_eq!(calendar.local_date(change), date("2011-12-31"));
}

#[test]
fn kathmandu_is_a_quarter_of_an_hour_off_the_half_hours() {
    let calendar = calendar(Asia::Kathmandu);
    assert_eq!(
        calendar.start_of_day(date("2026-07-07")),
        instant("2026-07-06T18:15:00Z")
    );
    // On 1986-01-01 the clocks went from 00:00 to 00:15.
    assert_eq!(
        calendar.start_of_day(date("1986-01-01")),
        instant("1985-12-31T18:30:00Z")
    );
    assert_eq!(length(Asia::Kathmandu, "1986-01-01"), 24 * 60 - 15);
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop_oneof![
        Just(Africa::Dar_es_Salaam),
        Just(Europe::Paris),
        Just(America::Sao_Paulo),
        Just(America::St_Johns),
        Just(Pacific::Apia),
        Just(Asia::Kathmandu),
        proptest::sample::select(&chrono_tz::TZ_VARIANTS[..]),
    ]
}

/// A day from 1970 to 2069.
fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..36_500_u64).prop_map(|days| date("1970-01-01") + Days::new(days))
}

fn any_calendar() -> impl Strategy<Value = WorkingCalendar> {
    let holidays = proptest::collection::btree_set(any_date(), 0..200);
    let weekend = (0..0b111_1111_u8).prop_map(|bits| WeekendDays::from_bits(bits).unwrap());
    (any_zone(), weekend, holidays)
        .prop_map(|(zone, weekend, holidays)| WorkingCalendar::new(zone, weekend, holidays))
}

proptest! {
    #[test]
    fn a_day_ends_where_the_next_begins_and_holds_its_first_and_last_moment(zone in any_zone(), day in any_date()) {
        let calendar = calendar(zone);
        let (begin, end) = (calendar.start_of_day(day), calendar.end_of_day(day));
        prop_assert!(begin <= end);
        if begin < end {
            prop_assert_eq!(calendar.local_date(begin), day);
            prop_assert_eq!(calendar.local_date(end - TimeDelta::microseconds(1)), day);
        }
        prop_assert!(calendar.local_date(end) > day);
    }

    #[test]
    fn a_due_day_is_a_working_day_so_many_working_days_later(
        calendar in any_calendar(), day in any_date(), count in 1..400_u16,
    ) {
        let due = calendar.add_working_days(day, count);
        prop_assert!(calendar.is_working_day(due));
        prop_assert_eq!(calendar.working_days_between(day, due), u32::from(count));
        prop_assert!(calendar.add_working_days(day, count + 1) > due);
        prop_assert!(calendar.add_working_days(day + Days::new(1), count) >= due);
        prop_assert_eq!(calendar.next_working_day(day), calendar.add_working_days(day, 1));
    }

    #[test]
    fn working_days_between_are_those_found_by_going_through_them(
        calendar in any_calendar(), after in any_date(), length in 0..800_u64,
    ) {
        let until = after + Days::new(length);
        let found = after.iter_days().skip(1).take_while(|day| *day <= until)
            .filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.working_days_between(after, until) as usize, found);
    }
}
