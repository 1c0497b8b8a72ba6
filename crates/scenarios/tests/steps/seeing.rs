//! Who sees a log, and which of its texts.

use cucumber::then;
use ipt_domain::logbook::visibility::{ShownReport, view};

use super::{people::Person, term::Term};

impl Term {
    /// The text that somebody sees, or the code of the refusal.
    fn text_for(&self, person: Person) -> Result<String, &'static str> {
        let (entry, actor) = (self.entry(), self.actor(person));
        let seen = self
            .decide(|now| view(entry, &actor, now))
            .map_err(|refusal| refusal.code())?;
        Ok(match entry.shown_report(seen) {
            Some(ShownReport::InProgress(draft)) => draft.content.as_str().to_owned(),
            Some(ShownReport::Submitted(submission)) => submission
                .report
                .content
                .as_ref()
                .map_or_else(String::new, |content| content.as_str().to_owned()),
            None => String::new(),
        })
    }
}

#[then(expr = "{person} reads {string}")]
fn reads(term: &mut Term, person: Person, expected: String) {
    assert_eq!(term.text_for(person), Ok(expected));
}

#[then(expr = "{person} sees the log")]
fn sees(term: &mut Term, person: Person) {
    assert!(term.text_for(person).is_ok());
}

#[then(expr = "{person} may not see the log")]
fn may_not_see(term: &mut Term, person: Person) {
    assert_eq!(term.text_for(person), Err("forbidden"));
}

#[then(expr = "for {person} there is no such log")]
fn does_not_exist(term: &mut Term, person: Person) {
    assert_eq!(term.text_for(person), Err("not_found"));
}
