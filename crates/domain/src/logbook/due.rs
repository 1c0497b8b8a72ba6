//! When a review falls due.

use chrono::NaiveDate;

use crate::{
    Instant,
    placement::policy::ReviewCadence,
    tenancy::{calendar::WorkingCalendar, week::Week},
};

/// The day at whose end a review is due, and the last microsecond of that day in the reviewer's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Due {
    /// The last day.
    pub on: NaiveDate,
    /// The last moment of that day.
    pub at: Instant,
}

impl Due {
    /// The end of the local day `on`.
    pub fn at_end_of(on: NaiveDate, calendar: &WorkingCalendar) -> Self {
        Self {
            on,
            at: calendar.end_of_day(on) - chrono::TimeDelta::microseconds(1),
        }
    }

    /// `working_days` working days after the later of now and, when reviews are weekly, the end of the week of the log.
    pub fn after(
        working_days: u16,
        log_date: NaiveDate,
        cadence: ReviewCadence,
        calendar: &WorkingCalendar,
        now: Instant,
    ) -> Self {
        let today = calendar.local_date(now);
        let from = match cadence {
            ReviewCadence::Daily => today,
            ReviewCadence::Weekly => today.max(Week::of(log_date).sunday()),
        };
        Self::at_end_of(calendar.add_working_days(from, working_days), calendar)
    }

    /// Whether it has passed.
    pub fn is_past(&self, now: Instant) -> bool {
        now > self.at
    }
}
