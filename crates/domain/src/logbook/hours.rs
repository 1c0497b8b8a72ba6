//! Worked time, in whole minutes.

use std::{fmt, iter::Sum};

use crate::error::Violation;

/// A span of time in minutes: sums, limits, credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct Minutes(u32);

impl Minutes {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// So many minutes.
    pub const fn new(minutes: u32) -> Self {
        Self(minutes)
    }

    /// So many whole hours.
    pub const fn from_hours(hours: u16) -> Self {
        Self(hours as u32 * 60)
    }

    /// The number of minutes.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The time in hours.
    pub fn as_hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left after `other`; nothing when that is more.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(minutes: I) -> Self {
        minutes.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Minutes {
    /// In hours, with as many decimals as needed: `7.25 h`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} h", self.as_hours())
    }
}

/// Why worked hours are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not above 0, or no number at all.
    #[error("worked hours are above 0")]
    NotPositive,
    /// Not in quarter hours.
    #[error("worked hours are counted in quarter hours")]
    NotInQuarters,
    /// More than a day may have.
    #[error("worked hours are at most {max} a day")]
    TooMany {
        /// The most that is allowed.
        max: Minutes,
    },
}

impl Violation for HoursError {
    fn code(&self) -> &'static str {
        "hours_out_of_range"
    }

    fn pointer(&self) -> &'static str {
        "/hours_worked"
    }
}

/// The worked time of one day: quarter hours, above 0 and at most 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "u32", into = "u32")
)]
pub struct WorkedHours(Minutes);

impl WorkedHours {
    /// The most that a day has.
    pub const MAX: Minutes = Minutes::from_hours(24);
    /// The grain in which hours are counted, in minutes.
    const QUARTER: u32 = 15;

    /// From hours, as they are written: 7.25.
    ///
    /// # Errors
    /// [`HoursError`] when they are no number, not above 0, more than 24, or not in quarter hours.
    pub fn from_hours(hours: f64) -> Result<Self, HoursError> {
        if hours.is_nan() || hours <= 0.0 {
            return Err(HoursError::NotPositive);
        }
        if hours > Self::MAX.as_hours() {
            return Err(HoursError::TooMany { max: Self::MAX });
        }
        // Quarters are exact in binary: what is not a whole number of them was not written as one.
        let quarters = hours * 4.0;
        if quarters.fract() != 0.0 {
            return Err(HoursError::NotInQuarters);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number between 1 and 96, checked above"
        )]
        let quarters = quarters as u32;
        Self::from_minutes(quarters * Self::QUARTER)
    }

    /// From minutes.
    ///
    /// # Errors
    /// [`HoursError`] when they are 0, more than 24 hours, or not in quarter hours.
    pub const fn from_minutes(minutes: u32) -> Result<Self, HoursError> {
        if minutes == 0 {
            return Err(HoursError::NotPositive);
        }
        if minutes > Self::MAX.get() {
            return Err(HoursError::TooMany { max: Self::MAX });
        }
        if !minutes.is_multiple_of(Self::QUARTER) {
            return Err(HoursError::NotInQuarters);
        }
        Ok(Self(Minutes::new(minutes)))
    }

    /// The time in minutes.
    pub const fn minutes(self) -> Minutes {
        self.0
    }

    /// The time in hours.
    pub fn as_hours(self) -> f64 {
        self.0.as_hours()
    }

    /// Itself, when it is no more than `max_day`.
    ///
    /// # Errors
    /// [`HoursError::TooMany`] with what would have been allowed.
    pub fn within(self, max_day: Minutes) -> Result<Self, HoursError> {
        if self.0 <= max_day {
            Ok(self)
        } else {
            Err(HoursError::TooMany { max: max_day })
        }
    }
}

impl fmt::Display for WorkedHours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl TryFrom<u32> for WorkedHours {
    type Error = HoursError;

    fn try_from(minutes: u32) -> Result<Self, Self::Error> {
        Self::from_minutes(minutes)
    }
}

impl From<WorkedHours> for u32 {
    fn from(hours: WorkedHours) -> Self {
        hours.0.get()
    }
}

impl From<WorkedHours> for Minutes {
    fn from(hours: WorkedHours) -> Self {
        hours.0
    }
}

#[cfg(test)]
mod tests;
