//! The days of the term at one university, as seen from today.

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta};
use ipt_domain::{Instant, tenancy::calendar::WorkingCalendar};

/// Of how many working days students have written, today included.
pub(super) const WRITTEN: u16 = 12;

/// The days of the term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    calendar: WorkingCalendar,
    today: NaiveDate,
    days: Vec<NaiveDate>,
}

impl Term {
    /// The term at a university with this calendar, now.
    pub(super) fn of(calendar: WorkingCalendar, now: Instant) -> Self {
        let today = calendar.local_date(now);
        let mut days: Vec<NaiveDate> = (0..)
            .map_while(|back| today.checked_sub_days(Days::new(back)))
            .filter(|day| calendar.is_working_day(*day))
            .take(usize::from(WRITTEN))
            .collect();
        days.reverse();
        Self {
            calendar,
            today,
            days,
        }
    }

    /// Today, at the university.
    pub(super) const fn today(&self) -> NaiveDate {
        self.today
    }

    /// The last [`WRITTEN`] working days, the oldest first.
    pub(super) fn days(&self) -> &[NaiveDate] {
        &self.days
    }

    /// One of the last working days, counted from the oldest; today's or the last one for a number beyond.
    pub(super) fn day(&self, index: usize) -> NaiveDate {
        self.days
            .get(index)
            .or(self.days.last())
            .copied()
            .unwrap_or(self.today)
    }

    /// The Monday of the week that lies so many weeks before this one.
    pub(super) fn monday(&self, weeks_ago: u64) -> NaiveDate {
        monday_of(self.today) - Days::new(7 * weeks_ago)
    }

    /// The working day that comes so many after a day.
    pub(super) fn after(&self, day: NaiveDate, working_days: u16) -> NaiveDate {
        self.calendar.add_working_days(day, working_days)
    }

    /// The first working day of the week after a day.
    pub(super) fn next_week(&self, day: NaiveDate) -> NaiveDate {
        self.calendar.add_working_days(monday_of(day) + Days::new(6), 1)
    }

    /// A time of a day at the university.
    pub(super) fn at(&self, day: NaiveDate, hour: u32, minute: u32) -> Instant {
        self.calendar.start_of_day(day) + TimeDelta::minutes(i64::from(hour * 60 + minute))
    }
}

/// The Monday of the week of a day.
pub(super) fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::Weekday;
    use ipt_domain::tenancy::calendar::WeekendDays;

    use super::*;

    fn term(now: &str, holiday: &str) -> Term {
        let holidays = BTreeSet::from([holiday.parse().unwrap()]);
        let calendar = WorkingCalendar::new(
            "Africa/Lagos".parse().unwrap(),
            WeekendDays::SATURDAY_AND_SUNDAY,
            holidays,
        );
        Term::of(calendar, now.parse().unwrap())
    }

    #[test]
    fn the_last_working_days_leave_out_weekends_and_holidays() {
        // A Sunday, half past midnight in Lagos.
        let term = term("2026-07-11T23:30:00Z", "2026-07-07");
        assert_eq!(term.today(), "2026-07-12".parse().unwrap());
        assert_eq!(term.days().len(), 12);
        assert_eq!(term.day(11), "2026-07-10".parse().unwrap());
        assert_eq!(term.day(8), "2026-07-06".parse().unwrap());
        assert!(
            term.days()
                .iter()
                .all(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        );
    }

    #[test]
    fn weeks_begin_on_monday() {
        let term = term("2026-07-09T10:00:00Z", "2026-07-13");
        assert_eq!(term.monday(0), "2026-07-06".parse().unwrap());
        assert_eq!(term.monday(6), "2026-05-25".parse().unwrap());
        assert_eq!(
            term.next_week(term.today()),
            "2026-07-14".parse().unwrap(),
            "the 13th is a holiday"
        );
    }

    #[test]
    fn times_are_those_of_the_university() {
        let term = term("2026-07-09T10:00:00Z", "2026-07-13");
        assert_eq!(
            term.at(term.today(), 16, 45),
            "2026-07-09T15:45:00Z".parse::<Instant>().unwrap()
        );
    }
}
