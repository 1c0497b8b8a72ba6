//! Working days, and the limits of a local day.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Days, MappedLocalTime, NaiveDate, NaiveTime, Offset as _, TimeZone as _};
use chrono_tz::{GapInfo, Tz};

pub use super::weekend::{WeekendDays, WeekendError};
use crate::Instant;

/// The calendar of an institution or a workplace: its time zone, weekly days off and holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WorkingCalendar {
    zone: Tz,
    weekend: WeekendDays,
    /// Shared: each placement of a list is judged by a calendar of its own, mostly with the same holidays.
    holidays: Arc<BTreeSet<NaiveDate>>,
}

impl WorkingCalendar {
    /// A calendar of these parts.
    pub fn new(zone: Tz, weekend: WeekendDays, holidays: BTreeSet<NaiveDate>) -> Self {
        Self {
            zone,
            weekend,
            holidays: Arc::new(holidays),
        }
    }

    /// This calendar, with whatever a place has of its own instead.
    pub(crate) fn with(
        &self,
        zone: Option<Tz>,
        weekend: Option<WeekendDays>,
        holidays: Option<BTreeSet<NaiveDate>>,
    ) -> Self {
        Self {
            zone: zone.unwrap_or(self.zone),
            weekend: weekend.unwrap_or(self.weekend),
            holidays: holidays.map_or_else(|| Arc::clone(&self.holidays), Arc::new),
        }
    }

    /// The time zone.
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// The weekly days off.
    pub const fn weekend(&self) -> WeekendDays {
        self.weekend
    }

    /// The holidays, oldest first.
    pub fn holidays(&self) -> &BTreeSet<NaiveDate> {
        &self.holidays
    }

    /// The date that the calendar on the wall shows at `instant`.
    pub fn local_date(&self, instant: Instant) -> NaiveDate {
        let offset = self.zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
        let local = instant.naive_utc().checked_add_offset(offset);
        local.map_or_else(|| instant.date_naive(), |local| local.date())
    }

    /// The instant at which `date` begins: midnight, or the end of the gap where clocks were put forward over midnight.
    /// Where they are put back over midnight, the second midnight: before it the day before comes back. A day that a
    /// change of zone skipped begins, empty, with the day after it.
    pub fn start_of_day(&self, date: NaiveDate) -> Instant {
        let midnight = date.and_time(NaiveTime::MIN);
        match self.zone.from_local_datetime(&midnight) {
            MappedLocalTime::Single(begin) | MappedLocalTime::Ambiguous(_, begin) => begin.to_utc(),
            MappedLocalTime::None => {
                let after_gap = GapInfo::new(&midnight, &self.zone).and_then(|gap| gap.end);
                after_gap.map_or_else(|| midnight.and_utc(), |end| end.to_utc())
            }
        }
    }

    /// The instant at which the next local day begins; it belongs to that day already.
    pub fn end_of_day(&self, date: NaiveDate) -> Instant {
        date.succ_opt()
            .map_or(Instant::MAX_UTC, |next| self.start_of_day(next))
    }

    /// Whether people work on `date`.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.weekend.covers(date) && !self.holidays.contains(&date)
    }

    /// The first working day strictly after `date`.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        self.add_working_days(date, 1)
    }

    /// The `count`-th working day strictly after `date`; `date` itself for none.
    ///
    /// The search ends: each step meets a working day, one of at most six days off a week, or one of the finitely many
    /// holidays. At the end of the calendar the last date stands.
    pub fn add_working_days(&self, date: NaiveDate, count: u16) -> NaiveDate {
        let mut reached = date;
        let mut left = count;
        while left > 0 {
            let Some(next) = reached.succ_opt() else {
                return NaiveDate::MAX;
            };
            reached = next;
            left -= u16::from(self.is_working_day(reached));
        }
        reached
    }

    /// How many working days lie after `after`, up to and including `until`; none when `until` is not later.
    pub fn working_days_between(&self, after: NaiveDate, until: NaiveDate) -> u32 {
        let Ok(days) = u32::try_from((until - after).num_days()) else {
            return 0;
        };
        let working_weekdays = 7 - self.weekend.bits().count_ones();
        let rest = (0..u64::from(days % 7))
            .filter_map(|back| until.checked_sub_days(Days::new(back)))
            .filter(|date| !self.weekend.covers(*date));
        let off = self
            .holidays
            .range(after..=until)
            .filter(|date| **date > after && !self.weekend.covers(**date));
        let counted = days / 7 * working_weekdays + count(rest);
        counted - count(off)
    }
}

/// The length of an iterator over days, of which there are fewer than 2³².
fn count<T>(days: impl Iterator<Item = T>) -> u32 {
    days.fold(0, |sum, _| sum + 1)
}

#[cfg(test)]
mod tests;
