//! Institutions and their calendars.
//!
//! A day belongs to a place: "the end of the day", "the next working day" and "in the future" are judged by the calendar
//! of the workplace or the institution, never by the server's clock.
//!
//! ```
//! use std::collections::BTreeSet;
//!
//! use chrono::NaiveDate;
//! use ipt_domain::tenancy::calendar::{WeekendDays, WorkingCalendar};
//!
//! let date = |day| NaiveDate::from_ymd_opt(2026, 7, day).unwrap_or_default();
//! let calendar = WorkingCalendar::new(
//!     chrono_tz::Africa::Dar_es_Salaam,
//!     WeekendDays::SATURDAY_AND_SUNDAY,
//!     BTreeSet::from([date(13)]),
//! );
//! // Three working days after Friday the 10th, with Monday the 13th a holiday: Thursday the 16th.
//! assert_eq!(calendar.add_working_days(date(10), 3), date(16));
//! // The local day ends at 21:00 UTC.
//! assert_eq!(calendar.end_of_day(date(10)).to_rfc3339(), "2026-07-10T21:00:00+00:00");
//! ```

pub mod branding;
pub mod calendar;
pub mod institution;
pub mod week;
pub mod weekend;
