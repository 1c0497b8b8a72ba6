//! By which calendar and which programmes a university goes.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use ipt_application::{Caller, Services, tenancy};
use ipt_domain::{
    Instant,
    placement::{
        policy::{PolicyDraft, ReviewCadence},
        programme::ProgrammeDraft,
    },
    tenancy::calendar::WorkingCalendar,
};

use crate::demo::{cast::University, days::Term, plan::WEEKS};

/// The holidays of last year, this one and the next.
pub(super) async fn keep_holidays(
    services: &Services,
    admin: &Caller,
    university: &University,
    now: Instant,
) -> anyhow::Result<WorkingCalendar> {
    let year = now.year();
    let of_years = (year - 1..=year + 1).flat_map(|year| {
        university
            .holidays
            .iter()
            .filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, *month, *day))
    });
    let command = tenancy::replace_calendar::Command {
        seen: None,
        weekend_days: vec![Weekday::Sat, Weekday::Sun],
        holidays: of_years.collect(),
    };
    Ok(tenancy::replace_calendar::execute(services, admin, &command)
        .await?
        .calendar()
        .clone())
}

/// The industrial training: eight weeks at least, forty days of eight hours.
pub(super) fn training(university: &University, term: &Term) -> ProgrammeDraft {
    let (name, code) = university.training;
    let cadence = if university.weekly {
        ReviewCadence::Weekly
    } else {
        ReviewCadence::Daily
    };
    ProgrammeDraft {
        name: name.to_owned(),
        code: code.to_owned(),
        credit_units: 8.0,
        required_hours: 320.0,
        required_days: 40,
        window: window(term),
        policy: PolicyDraft {
            review_cadence: Some(cadence),
            ..PolicyDraft::default()
        },
    }
}

/// The workshop practice: three weeks at least, five days of eight hours.
pub(super) fn workshop(term: &Term) -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Workshop practice, first year".to_owned(),
        code: "WSP-1".to_owned(),
        credit_units: 2.0,
        required_hours: 40.0,
        required_days: 5,
        window: window(term),
        policy: PolicyDraft {
            min_days: Some(21),
            max_days: Some(60),
            ..PolicyDraft::default()
        },
    }
}

/// From two weeks before the term until nearly a year later, so that a demonstration that stays up does not run out.
fn window(term: &Term) -> (NaiveDate, NaiveDate) {
    let begin = term.monday(WEEKS + 2);
    (begin, begin + Days::new(364))
}
