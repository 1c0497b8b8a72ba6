//! The same decision about many logs in one action.

use std::collections::BTreeSet;

use cucumber::{then, when};
use ipt_domain::{
    id::LogEntryId,
    logbook::{
        review::Way,
        transition::{Step, StepKind},
    },
};

use super::{
    params::{Day, days, is_weekday},
    people::Person,
    term::Term,
};

impl Term {
    /// The logs of these days, in the order of the days.
    fn logs_between(&self, from: Day, to: Day) -> Vec<LogEntryId> {
        days(from, to)
            .flat_map(|day| self.entries().iter().filter(move |entry| entry.log_date() == day))
            .map(ipt_domain::logbook::entry::LogEntry::id)
            .collect()
    }

    /// Somebody takes a step with several logs; each stands or falls by itself. The codes of those that fell.
    fn take_many(&mut self, person: Person, ids: Vec<LogEntryId>, kind: StepKind) -> Vec<&'static str> {
        let step = Step { kind, comments: None };
        let mut fell = Vec::new();
        for id in ids {
            self.turn_to_entry(id);
            self.take_by_way(person, &step, Way::Many);
            if self.was_refused() {
                fell.extend(self.refusal().codes.clone());
            }
        }
        fell
    }
}

#[when(expr = "{person} submits logs of the working days from {day} to {day}")]
fn submits_many(term: &mut Term, person: Person, from: Day, to: Day) {
    for day in days(from, to).filter(|day| is_weekday(*day)) {
        term.now = term.university_calendar().start_of_day(day) + chrono::TimeDelta::hours(17);
        let input = ipt_domain::logbook::input::ReportInput {
            content: Some("Fitted the bearings and measured the play.".to_owned()),
            ..Default::default()
        };
        term.make(person, day, &input, false);
    }
}

#[when(expr = "{person} approves all logs from {day} to {day} in one action")]
fn approves_many(term: &mut Term, person: Person, from: Day, to: Day) {
    let ids = term.logs_between(from, to);
    let kind = StepKind::Approve {
        skills: Vec::new(),
        hours_confirmed: None,
    };
    term.fallen = term.take_many(person, ids, kind);
}

#[when(expr = "{person} validates all logs from {day} to {day} in one action")]
fn validates_many(term: &mut Term, person: Person, from: Day, to: Day) {
    let ids = term.logs_between(from, to);
    term.fallen = term.take_many(person, ids, StepKind::Validate);
}

#[then("all of them went through")]
fn all_went_through(term: &mut Term) {
    assert_eq!(term.fallen, [] as [&str; 0]);
}

#[then(expr = "{int} of them went through, and {int} was refused: {string}")]
fn some_went_through(term: &mut Term, passed: usize, refused: usize, code: String) {
    let recorded = term
        .reviews
        .iter()
        .filter(|review| review.way == Way::Many)
        .count();
    assert_eq!((recorded, term.fallen.len()), (passed, refused));
    assert!(
        term.fallen.iter().all(|fallen| *fallen == code),
        "{:?}",
        term.fallen
    );
}

#[then("the record says that they were decided together")]
fn decided_together(term: &mut Term) {
    let together: BTreeSet<_> = term
        .reviews
        .iter()
        .filter(|review| review.way == Way::Many)
        .map(|review| review.entry_id)
        .collect();
    assert_eq!(together.len(), term.entries().len());
}
