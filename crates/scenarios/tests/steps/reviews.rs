//! What is decided about a log.

use cucumber::{given, when};
use ipt_domain::logbook::{
    circumstances::Acting,
    review::Way,
    transition::{Step, StepKind},
};

use super::{
    params::{Day, Side},
    people::Person,
    term::Term,
};

const fn approval() -> StepKind {
    StepKind::Approve {
        skills: Vec::new(),
        hours_confirmed: None,
    }
}

const fn rejection() -> StepKind {
    StepKind::Reject { skills: Vec::new() }
}

impl Term {
    /// Somebody takes a step with the log that is spoken of.
    pub(super) fn take(&mut self, person: Person, kind: StepKind, comments: Option<String>) {
        self.take_by_way(person, &Step { kind, comments }, Way::Single);
    }

    /// Somebody takes a step with the log that is spoken of, alone or as one of many.
    pub(super) fn take_by_way(&mut self, person: Person, step: &Step, way: Way) {
        let (ids, entry, actor) = (self.fresh_ids(), self.entry().clone(), self.actor(person));
        let acting = Acting {
            actor: &actor,
            way,
            seen: None,
        };
        let answer = self.decide(|now| entry.take(step, acting, now, ids));
        self.keep(answer);
    }
}

#[given(expr = "{person} approves the log")]
#[when(expr = "{person} approves the log")]
fn approves(term: &mut Term, person: Person) {
    term.take(person, approval(), None);
}

#[when(expr = "{person} approves the log of {day}")]
fn approves_of_day(term: &mut Term, person: Person, day: Day) {
    term.turn_to(day.0);
    term.take(person, approval(), None);
}

#[given(expr = "{person} approves {float} hours of it, saying {string}")]
#[when(expr = "{person} approves {float} hours of it, saying {string}")]
fn approves_hours(term: &mut Term, person: Person, hours: f64, comments: String) {
    let kind = StepKind::Approve {
        skills: Vec::new(),
        hours_confirmed: Some(hours),
    };
    term.take(person, kind, Some(comments));
}

#[given(expr = "{person} rejects the log, saying {string}")]
#[when(expr = "{person} rejects the log, saying {string}")]
fn rejects(term: &mut Term, person: Person, comments: String) {
    term.take(person, rejection(), Some(comments));
}

#[when(expr = "{person} takes this decision back, saying {string}")]
fn retracts(term: &mut Term, person: Person, comments: String) {
    term.take(person, StepKind::Retract, Some(comments));
}

#[given(expr = "{person} verifies the log on evidence, saying {string}")]
#[when(expr = "{person} verifies the log on evidence, saying {string}")]
fn verifies_on_evidence(term: &mut Term, person: Person, comments: String) {
    term.take(person, StepKind::VerifyOnEvidence, Some(comments));
}

#[given(expr = "{person} validates the log")]
#[when(expr = "{person} validates the log")]
fn validates(term: &mut Term, person: Person) {
    term.take(person, StepKind::Validate, None);
}

#[given(expr = "{person} flags the log, saying {string}")]
#[when(expr = "{person} flags the log, saying {string}")]
fn flags(term: &mut Term, person: Person, reason: String) {
    term.take(person, StepKind::Flag, Some(reason));
}

#[given(expr = "{person} returns the log to {side}, saying {string}")]
#[when(expr = "{person} returns the log to {side}, saying {string}")]
fn returns(term: &mut Term, person: Person, side: Side, note: String) {
    term.take(person, StepKind::Return(side.0), Some(note));
}

#[given(expr = "{person} voids the log, saying {string}")]
#[when(expr = "{person} voids the log, saying {string}")]
fn voids(term: &mut Term, person: Person, reason: String) {
    term.take(person, StepKind::Void, Some(reason));
}
