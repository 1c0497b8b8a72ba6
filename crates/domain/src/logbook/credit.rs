//! Credit: validated hours and days of a placement and its continuations.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    logbook::{
        entry::LogEntry,
        hours::{Minutes, WorkedHours},
        kind::DayKind,
        state::StateName,
    },
    placement::policy::Policy,
    tenancy::week::Week,
};

/// One day with the hours that may count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfCredit {
    /// The day.
    pub date: NaiveDate,
    /// Its kind.
    pub kind: DayKind,
    /// The hours confirmed, else claimed; 0 for a kind that has none.
    pub minutes: Minutes,
}

/// Hours and days that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Credit {
    /// The hours, in minutes, each week up to the policy's limit.
    pub minutes: Minutes,
    /// The days.
    pub days: u32,
}

impl LogEntry {
    /// The day that this entry may be credited for; none unless it is validated.
    pub fn day_of_credit(&self) -> Option<DayOfCredit> {
        if self.state.name() != StateName::Validated {
            return None;
        }
        let report = &self.submission.as_ref()?.report;
        let minutes = self
            .hours_that_count()
            .map_or_else(Minutes::default, WorkedHours::minutes);
        Some(DayOfCredit {
            date: self.log_date,
            kind: report.kind,
            minutes,
        })
    }
}

/// Adds up the days of one placement and its continuations. A day counts once, with the larger number of hours, and only
/// if its kind earns credit; the hours of a week (Monday to Sunday) count up to the policy's limit.
pub fn tally(days: impl IntoIterator<Item = DayOfCredit>, policy: &Policy) -> Credit {
    let mut by_date: BTreeMap<NaiveDate, Minutes> = BTreeMap::new();
    for day in days {
        if day.kind.carries_hours() || policy.credits(day.kind) {
            let minutes = by_date.entry(day.date).or_default();
            *minutes = (*minutes).max(day.minutes);
        }
    }
    let days = u32::try_from(by_date.len()).unwrap_or(u32::MAX);
    let mut by_week: BTreeMap<NaiveDate, Minutes> = BTreeMap::new();
    for (date, minutes) in by_date {
        let week = by_week.entry(Week::of(date).monday()).or_default();
        *week = week.plus(minutes);
    }
    let limit = policy.max_week_minutes();
    let minutes = by_week
        .into_values()
        .map(|week| week.min(limit))
        .fold(Minutes::default(), Minutes::plus);
    Credit { minutes, days }
}
