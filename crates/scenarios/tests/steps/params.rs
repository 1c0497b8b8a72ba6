//! Days, moments and lists as the sentences write them.

use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Africa::Dar_es_Salaam;
use cucumber::Parameter;
use ipt_domain::{
    Instant,
    logbook::{state::StateName, transition::ReturnTo},
    placement::{delegation::Part, state::PlacementStateName},
};

/// A day of 2026 with its weekday, which must be the right one: `Monday 6 July`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "day",
    regex = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \\d{1,2} (?:June|July|August|September|October)"
)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = NaiveDate::parse_from_str(&format!("{text} 2026"), "%A %d %B %Y");
        date.map(Self).map_err(|error| format!("{text}: {error}"))
    }
}

/// A moment of 2026 on the clocks of Dar es Salaam: `Monday 6 July at 17:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "moment",
    regex = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \\d{1,2} (?:June|July|August|September|October) at \\d\\d:\\d\\d(?::\\d\\d)?"
)]
pub(crate) struct Moment(pub(crate) Instant);

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (day, time) = text.split_once(" at ").ok_or("a day and a time")?;
        let Day(date) = day.parse()?;
        let format = if time.len() == 5 { "%H:%M" } else { "%H:%M:%S" };
        let time = NaiveTime::parse_from_str(time, format).map_err(|error| error.to_string())?;
        let local = Dar_es_Salaam
            .from_local_datetime(&date.and_time(time))
            .single()
            .ok_or("an hour")?;
        Ok(Self(local.to_utc()))
    }
}

/// A state of a log, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "state",
    regex = "a draft|submitted|revision requested|industry verified|flagged|validated|voided"
)]
pub(crate) struct LogState(pub(crate) StateName);

impl FromStr for LogState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim_start_matches("a ").replace(' ', "_");
        StateName::from_name(&name)
            .map(Self)
            .ok_or_else(|| format!("{name} is no state"))
    }
}

/// A state of a placement, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(
    name = "standing",
    regex = "proposed|sent back for changes|approved|active|suspended|completed|terminated|cancelled|withdrawn"
)]
pub(crate) struct Standing(pub(crate) PlacementStateName);

impl FromStr for Standing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = if text == "sent back for changes" {
            "changes_requested"
        } else {
            text
        };
        PlacementStateName::from_name(name)
            .map(Self)
            .ok_or_else(|| format!("{name} is no state"))
    }
}

/// To whom a coordinator returns a flagged log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "side", regex = "the academic side|industry|the student")]
pub(crate) struct Side(pub(crate) ReturnTo);

impl FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "the academic side" => Ok(Self(ReturnTo::Academic)),
            "industry" => Ok(Self(ReturnTo::Industry)),
            "the student" => Ok(Self(ReturnTo::Student)),
            _ => Err(format!("{text} is no side")),
        }
    }
}

/// A supervisor's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameter)]
#[param(name = "part", regex = "industrial|university")]
pub(crate) struct Supervisor(pub(crate) Part);

impl FromStr for Supervisor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(if text == "industrial" {
            Part::Industrial
        } else {
            Part::Academic
        }))
    }
}

/// Names in quotes: `"late" and "flagged"`.
#[derive(Clone, Debug, PartialEq, Eq, Parameter)]
#[param(name = "names", regex = "\"[a-z_]+\"(?:(?:, | and )\"[a-z_]+\")*")]
pub(crate) struct Names(pub(crate) Vec<String>);

impl FromStr for Names {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(
            text.split('"').skip(1).step_by(2).map(str::to_owned).collect(),
        ))
    }
}

/// The days from one to another, both included.
pub(crate) fn days(from: Day, to: Day) -> impl Iterator<Item = NaiveDate> {
    from.0.iter_days().take_while(move |date| *date <= to.0)
}

/// Whether people work on a day of the week, as the weekend of the scenarios has it.
pub(crate) fn is_weekday(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5
}
