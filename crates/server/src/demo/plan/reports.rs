//! What a student sends for a day.

use chrono::TimeDelta;
use ipt_domain::{
    Instant,
    logbook::{
        input::{LocationInput, ReportInput},
        kind::DayKind,
    },
};

use super::{Fate, Seat, geography};
use crate::demo::{
    agenda::{File, StudentKey},
    cast::{Site, Trade},
    founding::Campus,
    texts,
};

/// Hours that students write down.
const HOURS: [f64; 6] = [8.0, 7.5, 8.0, 9.0, 6.5, 8.25];

/// The hours of a student's day, as they are claimed: none where none are written down, or none are worked.
pub(super) fn hours(key: StudentKey, day: usize, kind: DayKind) -> Option<f64> {
    match Fate::of(key) {
        Fate::Completed => Some(8.0),
        _ if !kind.carries_hours() || (key.student + day).is_multiple_of(6) => None,
        _ => Some(HOURS[(key.student * 2 + day) % HOURS.len()]),
    }
}

/// The kind of a student's day.
pub(super) fn kind(key: StudentKey, day: usize) -> DayKind {
    let number = (key.campus * 20 + key.student) * 7 + day * 5;
    match number % 41 {
        _ if Fate::of(key) == Fate::Completed => DayKind::Worked,
        0 => DayKind::Sick,
        1 => DayKind::AuthorisedLeave,
        2 => DayKind::Training,
        3 => DayKind::HostClosed,
        4 => DayKind::NoSupervisor,
        _ => DayKind::Worked,
    }
}

/// The report of a student's day, sent at a moment.
pub(super) fn report(
    campus: &Campus,
    key: StudentKey,
    day: usize,
    kind: DayKind,
    sent: Instant,
) -> ReportInput {
    let company = campus.hosts[Seat::of(key).host].company;
    let captured = sent - TimeDelta::minutes(3);
    let works = kind.carries_hours();
    ReportInput {
        kind: Some(kind),
        content: content(company.trade, key, day, kind),
        hours_worked: hours(key, day, kind).map(Some),
        skills: works.then(|| texts::skills(company.trade, key.student, day)),
        captured_at: Some(Some(captured)),
        location: works.then(|| location(&company.sites[Seat::of(key).site], key, day, captured)),
        ..ReportInput::default()
    }
}

fn content(trade: Trade, key: StudentKey, day: usize, kind: DayKind) -> Option<String> {
    let told = match kind {
        DayKind::Worked => return Some(texts::told(trade, key.student, day)),
        DayKind::Training => "Attended the company's safety course with a written test at the end; passed.",
        DayKind::Sick => "Down with a fever; the note of the clinic is with the supervisor.",
        DayKind::AuthorisedLeave => "Leave for a family funeral, granted by the supervisor.",
        DayKind::HostClosed => "The works were closed: no power since the night before.",
        DayKind::PublicHoliday | DayKind::NoSupervisor => return None,
    };
    Some(told.to_owned())
}

/// Where it was written: mostly at the workplace, sometimes beside it or on the way home, sometimes nobody knows.
fn location(site: &Site, key: StudentKey, day: usize, captured: Instant) -> Option<LocationInput> {
    let reach = f64::from(site.area.reach_m());
    let step = |number: usize, range: u32| f64::from(u32::try_from(number).unwrap_or_default() % range);
    let number = key.student * 7 + day * 3;
    let (north, east, accuracy) = match number % 12 {
        // A telephone that knows one place only.
        _ if key
            == (StudentKey {
                campus: 0,
                student: 12,
            }) =>
        {
            (11.0, 23.0, 5.0)
        }
        0..=7 => (
            step(number * 5, 40),
            step(number * 3, 60) - 30.0,
            8.0 + step(number, 9),
        ),
        8 => (4.0, reach + 30.0 + step(number, 15), 65.0),
        9 => (1_350.0 + step(number, 90), 400.0, 12.0),
        _ => return None,
    };
    let (lat, lng) = geography::moved(site.position, north, east);
    // One fix in a while is older than the report.
    let age = if number % 17 == 5 {
        TimeDelta::minutes(48)
    } else {
        TimeDelta::seconds(20)
    };
    Some(LocationInput {
        lat,
        lng,
        accuracy_m: Some(accuracy),
        captured_at: Some(captured - age),
    })
}

/// The file that comes with a report, if any does.
pub(super) fn file(key: StudentKey, day: usize, kind: DayKind) -> Option<File> {
    let comes = kind == DayKind::Worked && (key.student * 3 + day) % 29 == 4;
    comes.then(|| {
        let rows = (1..=8).map(|row: usize| {
            format!(
                "{row},{}.{}\n",
                9 + (row * 7 + day) % 4,
                (row * 31 + key.student) % 10
            )
        });
        File {
            name: "measurements.csv",
            content: format!("point,reading\n{}", rows.collect::<String>()),
        }
    })
}
