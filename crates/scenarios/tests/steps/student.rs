//! What a student does with a log.

use chrono::NaiveDate;
use cucumber::{given, when};
use ipt_domain::{
    id::LogEntryId,
    logbook::{
        circumstances::Acting,
        entry::LogEntry,
        input::ReportInput,
        kind::DayKind,
        review::Way,
        transition::{NewEntry, StepKind},
    },
};

use super::{params::Day, people::Person, term::Term};

/// A worked day, told in a sentence.
fn worked(hours: Option<f64>) -> ReportInput {
    ReportInput {
        content: Some("Fitted the bearings and measured the play.".to_owned()),
        hours_worked: hours.map(Some),
        ..ReportInput::default()
    }
}

fn with_text(content: &str) -> ReportInput {
    ReportInput {
        content: Some(content.to_owned()),
        ..ReportInput::default()
    }
}

impl Term {
    /// Somebody makes a log of a day: handed in, or kept as a draft.
    pub(super) fn make(&mut self, person: Person, day: NaiveDate, input: &ReportInput, draft: bool) {
        let new = NewEntry {
            id: LogEntryId::new(self.fresh_id()),
            log_date: day,
        };
        let (ids, actor) = (self.fresh_ids(), self.actor(person));
        let around = self.around(day, None, input.fix_time(None, self.now));
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let make = if draft {
            LogEntry::draft
        } else {
            LogEntry::submit_new
        };
        let answer = self.decide(|now| make(new, input, acting, now, &around, ids));
        self.keep(answer);
    }

    /// Somebody hands in the text of the log that is spoken of.
    fn hand_in(&mut self, person: Person, input: &ReportInput) {
        let (ids, entry, actor) = (self.fresh_ids(), self.entry().clone(), self.actor(person));
        let fix_at = input.fix_time(Some(&entry), self.now);
        let around = self.around(entry.log_date(), Some(entry.id()), fix_at);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let answer = self.decide(|now| entry.submit(input, acting, now, &around, ids));
        self.keep(answer);
    }
}

#[given(expr = "{person} submits a log of {day}")]
#[when(expr = "{person} submits a log of {day}")]
fn submits(term: &mut Term, person: Person, day: Day) {
    term.make(person, day.0, &worked(Some(8.0)), false);
}

#[given(expr = "{person} submits a log of {day} with {float} hours")]
#[when(expr = "{person} submits a log of {day} with {float} hours")]
fn submits_with_hours(term: &mut Term, person: Person, day: Day, hours: f64) {
    term.make(person, day.0, &worked(Some(hours)), false);
}

#[when(expr = "{person} submits a log of {day} without hours")]
fn submits_without_hours(term: &mut Term, person: Person, day: Day) {
    term.make(person, day.0, &worked(None), false);
}

#[when(expr = "{person} submits a log of {day} that says {string}")]
fn submits_text(term: &mut Term, person: Person, day: Day, content: String) {
    term.make(person, day.0, &with_text(&content), false);
}

#[when(expr = "{person} reports {day} as a sick day")]
fn sick(term: &mut Term, person: Person, day: Day) {
    let input = ReportInput {
        kind: Some(DayKind::Sick),
        ..ReportInput::default()
    };
    term.make(person, day.0, &input, false);
}

#[when(expr = "{person} reports {day} as a sick day with {float} hours")]
fn sick_with_hours(term: &mut Term, person: Person, day: Day, hours: f64) {
    let input = ReportInput {
        kind: Some(DayKind::Sick),
        ..worked(Some(hours))
    };
    term.make(person, day.0, &input, false);
}

#[given(expr = "{person} keeps a draft of {day} that says {string}")]
#[when(expr = "{person} keeps a draft of {day} that says {string}")]
fn drafts(term: &mut Term, person: Person, day: Day, content: String) {
    term.make(person, day.0, &with_text(&content), true);
}

#[when(expr = "{person} changes the text to {string} without handing it in")]
fn edits(term: &mut Term, person: Person, content: String) {
    let (entry, actor) = (term.entry().clone(), term.actor(person));
    let acting = Acting {
        actor: &actor,
        way: Way::Single,
        seen: None,
    };
    let answer = term.decide(|now| entry.edit(&with_text(&content), acting, now));
    if let Some(entry) = term.heard(answer) {
        term.put(entry);
    }
}

#[when(expr = "{person} hands in the text")]
fn hands_in(term: &mut Term, person: Person) {
    term.hand_in(person, &ReportInput::default());
}

#[when(expr = "{person} hands in the text as {string}")]
fn hands_in_as(term: &mut Term, person: Person, content: String) {
    term.hand_in(person, &with_text(&content));
}

#[when(expr = "{person} deletes the log")]
fn deletes(term: &mut Term, person: Person) {
    let (ids, entry, actor) = (term.fresh_ids(), term.entry().clone(), term.actor(person));
    let acting = Acting {
        actor: &actor,
        way: Way::Single,
        seen: None,
    };
    let answer = term.decide(|now| entry.delete(acting, now, ids));
    if term.heard(answer).is_some() {
        term.drop_current();
    }
}

#[given(expr = "{person} recalls the log")]
#[when(expr = "{person} recalls the log")]
fn recalls(term: &mut Term, person: Person) {
    term.take(person, StepKind::Recall, None);
}

#[given(expr = "{person} disputes this, saying {string}")]
#[when(expr = "{person} disputes this, saying {string}")]
fn disputes(term: &mut Term, person: Person, reason: String) {
    term.take(person, StepKind::Dispute, Some(reason));
}
