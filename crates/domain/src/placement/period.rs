//! A range of calendar days.

use chrono::{Days, NaiveDate};

/// The days from `start` to `end`, both included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Ends", into = "Ends")
)]
pub struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

/// A period whose end lies before its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the period ends on {end}, before its start on {start}")]
pub struct PeriodError {
    /// The start given.
    pub start: NaiveDate,
    /// The end given.
    pub end: NaiveDate,
}

impl Period {
    /// The days from `start` to `end`, both included.
    ///
    /// # Errors
    /// When the end lies before the start.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, PeriodError> {
        if end < start {
            Err(PeriodError { start, end })
        } else {
            Ok(Self { start, end })
        }
    }

    /// The first day.
    pub const fn start(&self) -> NaiveDate {
        self.start
    }

    /// The last day, which still belongs to it.
    pub const fn end(&self) -> NaiveDate {
        self.end
    }

    /// Whether `date` lies in it.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// Whether all of `inner` lies in it.
    pub fn encloses(&self, inner: &Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// How many calendar days it has; at least one.
    pub fn days(&self) -> u32 {
        u32::try_from(self.end.signed_duration_since(self.start).num_days() + 1).unwrap_or(u32::MAX)
    }

    /// Whether the two share a day; a shared last or first day counts.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The part of it until `last`; none when it begins later.
    #[must_use]
    pub fn until(&self, last: NaiveDate) -> Option<Self> {
        Self::new(self.start, self.end.min(last)).ok()
    }

    /// It, going on until `last` where that is later.
    #[must_use]
    pub fn at_least_until(self, last: NaiveDate) -> Self {
        Self {
            end: self.end.max(last),
            ..self
        }
    }

    /// How many different days the periods cover together.
    pub fn days_covered(periods: impl IntoIterator<Item = Self>) -> u32 {
        let mut sorted: Vec<Self> = periods.into_iter().collect();
        sorted.sort_unstable();
        let mut covered = 0_u32;
        let mut next_free = NaiveDate::MIN;
        for period in sorted {
            if let Ok(new) = Self::new(period.start.max(next_free), period.end) {
                covered = covered.saturating_add(new.days());
                next_free = new.end.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
            }
        }
        covered
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} to {}", self.start, self.end)
    }
}

/// How a period is written down: unchecked.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    start: NaiveDate,
    end: NaiveDate,
}

#[cfg(feature = "serde")]
impl TryFrom<Ends> for Period {
    type Error = PeriodError;

    fn try_from(ends: Ends) -> Result<Self, PeriodError> {
        Self::new(ends.start, ends.end)
    }
}

#[cfg(feature = "serde")]
impl From<Period> for Ends {
    fn from(period: Period) -> Self {
        Self {
            start: period.start,
            end: period.end,
        }
    }
}

#[cfg(test)]
mod tests;
