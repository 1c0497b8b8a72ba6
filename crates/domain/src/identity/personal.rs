//! Sensitive particulars of a person, which are sealed wherever they are stored.

use std::fmt;

use chrono::NaiveDate;

use crate::text::{self, TextError};

/// The longest national id.
const MAX_NATIONAL_ID: usize = 40;
/// The longest notes about health.
const MAX_HEALTH_NOTES: usize = 2_000;
/// The digits of a telephone number (ITU-T E.164: at most 15).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// A sensitive particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalField {
    /// The telephone number.
    Phone,
    /// The number of an identity card or passport.
    NationalId,
    /// The birth date.
    BirthDate,
    /// What a host must know in an emergency.
    HealthNotes,
}

impl PersonalField {
    /// Every one, in order.
    pub const ALL: [Self; 4] = [Self::Phone, Self::NationalId, Self::BirthDate, Self::HealthNotes];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::NationalId => "national_id",
            Self::BirthDate => "birth_date",
            Self::HealthNotes => "health_notes",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// What is kept of a text; none when nothing is written. `today` is the institution's.
    ///
    /// # Errors
    /// When this cannot stand there.
    pub fn parse(self, text: &str, today: NaiveDate) -> Result<Option<String>, PersonalError> {
        let line = |max| text::name(text, max);
        let kept = match self {
            Self::Phone => line(MAX_NATIONAL_ID).map(|text| phone(&text)),
            Self::NationalId => line(MAX_NATIONAL_ID).map(Ok),
            Self::BirthDate => line(MAX_NATIONAL_ID).map(|text| birth_date(&text, today)),
            Self::HealthNotes => text::trimmed(text, MAX_HEALTH_NOTES).and_then(|text| {
                if text::has_visible(&text) {
                    Ok(Ok(text))
                } else {
                    Err(TextError::Empty)
                }
            }),
        };
        match kept {
            Ok(kept) => kept.map(Some),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(PersonalError::Text(error)),
        }
    }
}

impl fmt::Display for PersonalField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Why a sensitive particular is refused. It never repeats what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonalError {
    /// The text cannot stand there.
    #[error("{0}")]
    Text(TextError),
    /// Not a telephone number.
    #[error(
        "a telephone number has 5 to 15 digits, a + before them perhaps, and spaces, hyphens, points or brackets between"
    )]
    Phone,
    /// Not a birth date.
    #[error("a birth date is written YYYY-MM-DD, and lies in the past, no more than 130 years ago")]
    BirthDate,
}

impl PersonalError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text(error) => error.code(),
            Self::Phone => "phone_invalid",
            Self::BirthDate => "birth_date_invalid",
        }
    }
}

/// A telephone number: the digits, after a plus if there was one.
fn phone(text: &str) -> Result<String, PersonalError> {
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", text),
    };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let plain = rest
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/'));
    if plain && PHONE_DIGITS.contains(&digits.len()) {
        Ok(format!("{plus}{digits}"))
    } else {
        Err(PersonalError::Phone)
    }
}

fn birth_date(text: &str, today: NaiveDate) -> Result<String, PersonalError> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| PersonalError::BirthDate)?;
    match today.years_since(date) {
        Some(years) if years <= 130 && date < today => Ok(date.to_string()),
        Some(_) | None => Err(PersonalError::BirthDate),
    }
}

#[cfg(test)]
mod tests;
