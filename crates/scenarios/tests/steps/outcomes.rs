//! What came of it.

use cucumber::then;
use ipt_domain::logbook::{
    action::Action,
    authority::allowed_actions,
    credit::tally,
    entry::LogEntry,
    hours::{Minutes, WorkedHours},
};

use super::{
    params::{Day, LogState, Names},
    people::Person,
    term::Term,
};

#[then(expr = "the log is {state}")]
fn state(term: &mut Term, expected: LogState) {
    term.nothing_is_left_unsaid();
    assert_eq!(term.entry().state().name(), expected.0);
}

#[then(expr = "the log of {day} is {state}")]
fn state_of_day(term: &mut Term, day: Day, expected: LogState) {
    term.turn_to(day.0);
    assert_eq!(term.entry().state().name(), expected.0);
}

#[then(expr = "it is at revision {int}")]
fn revision(term: &mut Term, expected: u32) {
    assert_eq!(term.entry().revision(), expected);
}

#[then(expr = "this is refused: {names}")]
fn refused(term: &mut Term, expected: Names) {
    let told = term.refusal();
    assert_eq!(told.codes, expected.0, "{}", told.sentence);
}

#[then(expr = "the answer is: {string}")]
fn answer(term: &mut Term, expected: String) {
    assert_eq!(term.refusal().sentence, expected);
}

#[then(expr = "open instead are {names}")]
fn open_instead(term: &mut Term, expected: Names) {
    assert_eq!(term.refusal().open, expected.0);
}

#[then("nothing is open instead")]
fn nothing_open_instead(term: &mut Term) {
    assert_eq!(term.refusal().open, [] as [&str; 0]);
}

#[then(expr = "open to {person} are {names}")]
fn open_to(term: &mut Term, person: Person, expected: Names) {
    let (entry, actor) = (term.entry(), term.actor(person));
    let open: Vec<_> = term
        .decide(|now| allowed_actions(entry, &actor, now))
        .into_iter()
        .map(Action::as_str)
        .collect();
    assert_eq!(open, expected.0);
}

#[then("it is on time")]
fn on_time(term: &mut Term) {
    assert!(!term.entry().first_submission().unwrap().late);
}

#[then("it is late")]
fn late(term: &mut Term) {
    assert!(term.entry().first_submission().unwrap().late);
}

#[then(expr = "the review is due at the end of {day}")]
fn due(term: &mut Term, expected: Day) {
    let due = term.entry().state().due().unwrap();
    assert_eq!(due.on, expected.0);
    let midnight = term.university_calendar().end_of_day(expected.0);
    assert!(due.at < midnight && due.is_past(midnight));
}

#[then(expr = "its hours are {float}")]
fn hours(term: &mut Term, expected: f64) {
    let report = term.report();
    assert_eq!(
        (report.hours.map(WorkedHours::as_hours), report.hours_assumed),
        (Some(expected), false)
    );
}

#[then(expr = "its hours are assumed to be {float}")]
fn hours_assumed(term: &mut Term, expected: f64) {
    let report = term.report();
    assert_eq!(
        (report.hours.map(WorkedHours::as_hours), report.hours_assumed),
        (Some(expected), true)
    );
}

#[then("it is marked for more hours than a week may have")]
fn excess(term: &mut Term) {
    assert!(term.entry().submission().unwrap().excess_hours);
}

#[then("it is labelled as verified by the institution, not by industry")]
fn on_evidence(term: &mut Term) {
    assert!(term.entry().verified_on_evidence());
}

#[then(expr = "it was flagged {int} time(s)")]
fn flagged(term: &mut Term, times: u32) {
    assert_eq!(term.entry().flag_count(), times);
}

#[then(expr = "the record names {person}, acting for {person}")]
fn record_names(term: &mut Term, person: Person, supervisor: Person) {
    let by = term.reviews.last().unwrap().by;
    assert_eq!((by.user, by.on_behalf_of), (person.id(), Some(supervisor.id())));
}

#[then(expr = "the record of the log has {int} entries")]
fn record_length(term: &mut Term, expected: usize) {
    let id = term.entry().id();
    assert_eq!(
        term.reviews.iter().filter(|review| review.entry_id == id).count(),
        expected
    );
}

#[then(expr = "Asha has {float} hours and {int} day(s) of credit")]
fn credit(term: &mut Term, hours: f64, days: u32) {
    let credit = tally(
        term.entries().iter().filter_map(LogEntry::day_of_credit),
        term.policy(),
    );
    assert_eq!((Minutes::as_hours(credit.minutes), credit.days), (hours, days));
}
