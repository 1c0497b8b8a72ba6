//! The days of the week on which a place does not work.

use chrono::{Datelike as _, NaiveDate, Weekday};

/// A week without a working day: no due date could ever be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the weekend takes at most six of the seven days")]
pub struct WeekendError;

impl WeekendError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "weekend_days"
    }
}

/// The weekly days off: none to six of the seven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "u8", into = "u8")
)]
pub struct WeekendDays(u8);

impl WeekendDays {
    /// Every day is a working day.
    pub const NONE: Self = Self(0);
    /// Saturday and Sunday.
    pub const SATURDAY_AND_SUNDAY: Self = Self(0b110_0000);
    /// Friday and Saturday.
    pub const FRIDAY_AND_SATURDAY: Self = Self(0b011_0000);

    /// All seven.
    const EVERY_DAY: u8 = 0b111_1111;

    /// From a bit set: bit 0 is Monday, bit 6 Sunday.
    ///
    /// # Errors
    /// When no working day is left, or a bit stands for no day.
    pub const fn from_bits(bits: u8) -> Result<Self, WeekendError> {
        if bits < Self::EVERY_DAY {
            Ok(Self(bits))
        } else {
            Err(WeekendError)
        }
    }

    /// From the days; one named twice counts once.
    ///
    /// # Errors
    /// When no working day is left.
    pub fn from_days(days: impl IntoIterator<Item = Weekday>) -> Result<Self, WeekendError> {
        Self::from_bits(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }

    /// The bit set: bit 0 is Monday, bit 6 Sunday.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether `day` is off.
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Whether `date` falls on a day off.
    pub fn covers(self, date: NaiveDate) -> bool {
        self.contains(date.weekday())
    }

    /// The days off, from Monday on.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        const WEEK: [Weekday; 7] = [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
            Weekday::Sun,
        ];
        WEEK.into_iter().filter(move |day| self.contains(*day))
    }
}

/// The bit of a day.
const fn bit(day: Weekday) -> u8 {
    match day {
        Weekday::Mon => 1,
        Weekday::Tue => 1 << 1,
        Weekday::Wed => 1 << 2,
        Weekday::Thu => 1 << 3,
        Weekday::Fri => 1 << 4,
        Weekday::Sat => 1 << 5,
        Weekday::Sun => 1 << 6,
    }
}

impl TryFrom<u8> for WeekendDays {
    type Error = WeekendError;

    fn try_from(bits: u8) -> Result<Self, Self::Error> {
        Self::from_bits(bits)
    }
}

impl From<WeekendDays> for u8 {
    fn from(days: WeekendDays) -> Self {
        days.0
    }
}
