//! The week, Monday to Sunday.

use chrono::{Datelike as _, Days, NaiveDate};

/// A week from Monday to Sunday, as hours and reviews are summed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "NaiveDate", into = "NaiveDate")
)]
pub struct Week(NaiveDate);

impl Week {
    /// The week in which `date` lies.
    pub fn of(date: NaiveDate) -> Self {
        let since_monday = Days::new(u64::from(date.weekday().num_days_from_monday()));
        Self(date.checked_sub_days(since_monday).unwrap_or(NaiveDate::MIN))
    }

    /// Its first day.
    pub const fn monday(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn sunday(self) -> NaiveDate {
        self.0.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.monday() <= date && date <= self.sunday()
    }

    /// The week after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.sunday().succ_opt().unwrap_or(NaiveDate::MAX))
    }
}

impl From<NaiveDate> for Week {
    fn from(date: NaiveDate) -> Self {
        Self::of(date)
    }
}

impl From<Week> for NaiveDate {
    fn from(week: Week) -> Self {
        week.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_goes_from_monday_to_sunday_across_the_turn_of_the_year() {
        for day in ["2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03"] {
            let week = Week::of(date(day));
            assert_eq!(
                (week.monday(), week.sunday()),
                (date("2026-12-28"), date("2027-01-03"))
            );
            assert!(week.contains(date(day)));
        }
        assert!(!Week::of(date("2026-12-28")).contains(date("2027-01-04")));
        assert_eq!(Week::of(date("2026-12-28")).next(), Week::of(date("2027-01-04")));
    }

    #[test]
    fn weeks_at_the_ends_of_the_calendar_are_cut_off() {
        assert_eq!(Week::of(NaiveDate::MAX).sunday(), NaiveDate::MAX);
        assert!(Week::of(NaiveDate::MIN).monday() <= NaiveDate::MIN);
    }
}
