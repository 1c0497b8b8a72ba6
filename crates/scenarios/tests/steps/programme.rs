//! The rules of the programme.

use cucumber::{given, when};
use ipt_domain::{
    logbook::{hours::Minutes, kind::DayKind},
    placement::{
        ending::Requirement,
        policy::{PolicyDraft, ReviewCadence},
        programme::{Programme, ProgrammeChanges, ProgrammeParts},
    },
};

use super::{params::Day, term::Term};

#[given("supervisors review once a week")]
fn weekly(term: &mut Term) {
    term.rules_are(PolicyDraft {
        review_cadence: Some(ReviewCadence::Weekly),
        ..PolicyDraft::default()
    });
}

#[given("the programme gives credit for sick days")]
fn sick_days_count(term: &mut Term) {
    term.rules_are(PolicyDraft {
        credit_day_kinds: Some(vec![DayKind::Sick]),
        ..PolicyDraft::default()
    });
}

#[given(expr = "the programme asks for {int} hours and {int} days")]
fn asks_for(term: &mut Term, hours: u16, days: u32) {
    let requirement = Requirement {
        minutes: Minutes::from_hours(hours),
        days,
    };
    term.programme = Programme::from_parts(ProgrammeParts {
        requirement,
        ..term.programme_parts()
    });
}

#[when(expr = "the programme's deadline for logs is changed to {int} days")]
fn deadline_is_changed(term: &mut Term, days: i64) {
    let policy = PolicyDraft {
        entry_deadline_days: Some(days),
        ..PolicyDraft::default()
    };
    let amendment = ProgrammeChanges {
        policy,
        ..ProgrammeChanges::default()
    };
    let changed = term.programme.clone().amended(amendment).unwrap();
    term.programme_becomes(changed);
}

#[when(expr = "a coordinator opens {day} again")]
fn opened_again(term: &mut Term, day: Day) {
    term.reopened.insert(day.0);
}
