//! Dates and instants.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use ipt_domain::Instant;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    },
};

/// A date, as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(pub(crate) NaiveDate);

/// A text that is no date.
#[derive(Debug, thiserror::Error)]
#[error("expected a date, as YYYY-MM-DD")]
pub(crate) struct DateError;

impl Date {
    /// Parses a date: four digits, two and two, and nothing else.
    ///
    /// # Errors
    /// For anything else, and for days that no calendar has.
    pub(crate) fn parse(text: &str) -> Result<Self, DateError> {
        let formed = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let date = formed
            .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
            .flatten();
        date.map(Self).ok_or(DateError)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// An instant, as RFC 3339 in UTC with microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timestamp(pub(crate) Instant);

/// A text that is no instant.
#[derive(Debug, thiserror::Error)]
#[error("expected an instant, as 2026-07-06T09:30:00Z or with an offset")]
pub(crate) struct TimestampError;

impl Timestamp {
    /// Parses an instant with any offset; parts below a microsecond are cut.
    ///
    /// # Errors
    /// For anything but RFC 3339.
    pub(crate) fn parse(text: &str) -> Result<Self, TimestampError> {
        let instant = DateTime::parse_from_rfc3339(text)
            .map_err(|_| TimestampError)?
            .to_utc();
        DateTime::from_timestamp_micros(instant.timestamp_micros())
            .map(Self)
            .ok_or(TimestampError)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn text(format: KnownFormat, example: &str) -> RefOr<Schema> {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(format)))
        .examples([example]);
    RefOr::T(schema.build().into())
}

impl PartialSchema for Date {
    fn schema() -> RefOr<Schema> {
        text(KnownFormat::Date, "2026-07-06")
    }
}

impl ToSchema for Date {}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        text(KnownFormat::DateTime, "2026-07-06T09:30:00.000000Z")
    }
}

impl ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::{Date, Timestamp};

    #[test]
    fn a_date_has_one_form() {
        assert_eq!(Date::parse("2026-07-06").unwrap().to_string(), "2026-07-06");
        for other in [
            "2026-7-6",
            "2026-02-30",
            "+2026-07-06",
            "20260706",
            "2026-07-06T00:00:00Z",
            "",
        ] {
            assert!(Date::parse(other).is_err(), "{other}");
        }
    }

    #[test]
    fn an_instant_is_told_in_utc_with_microseconds() {
        let told = |text| Timestamp::parse(text).unwrap().to_string();
        assert_eq!(
            told("2026-07-06T12:30:00.1234567+03:00"),
            "2026-07-06T09:30:00.123456Z"
        );
        assert_eq!(told("2026-07-06T09:30:00Z"), "2026-07-06T09:30:00.000000Z");
        assert!(Timestamp::parse("2026-07-06 09:30").is_err());
    }
}
