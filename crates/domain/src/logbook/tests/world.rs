//! One entry in its setting, which acts and remembers what each transition left.

use chrono::NaiveDate;

use super::fixtures::{Person, STUDENT, Setting, entry_id, fresh_ids, local, worked};
use crate::{
    logbook::{
        action::Action,
        authority,
        circumstances::Acting,
        credit::DayOfCredit,
        decision::Decision,
        entry::LogEntry,
        event::LogEvent,
        input::ReportInput,
        refusal::Refusal,
        review::{ReviewRecord, Way},
        state::StateName,
        transition::{NewEntry, Step},
    },
    version::Version,
};

/// One entry in its setting.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) setting: Setting,
    pub(super) entry: Option<LogEntry>,
    pub(super) reviews: Vec<ReviewRecord>,
    pub(super) events: Vec<LogEvent>,
    /// The version that the acting person saw; none takes whichever is current.
    pub(super) seen: Option<Version>,
}

impl World {
    pub(super) fn in_setting(setting: Setting) -> Self {
        Self {
            setting,
            entry: None,
            reviews: Vec::new(),
            events: Vec::new(),
            seen: None,
        }
    }

    pub(super) fn new() -> Self {
        Self::in_setting(Setting::new())
    }

    /// With a worked day submitted for 6 July at 17:00 of that day.
    pub(super) fn submitted() -> Self {
        let mut world = Self::new();
        world.submit_new("07-06", &worked()).unwrap();
        world
    }

    /// Moves the clock.
    pub(super) fn at(&mut self, moment: &str) -> &mut Self {
        self.setting.now = local(moment);
        self
    }

    pub(super) fn entry(&self) -> &LogEntry {
        self.entry.as_ref().unwrap()
    }

    pub(super) fn state(&self) -> StateName {
        self.entry().state().name()
    }

    pub(super) fn day_of_credit(&self) -> Option<DayOfCredit> {
        self.entry.as_ref().and_then(LogEntry::day_of_credit)
    }

    pub(super) fn allowed(&self, person: Person) -> Vec<Action> {
        authority::allowed_actions(self.entry(), &person.actor(), &self.setting.circumstances())
    }

    fn new_entry(log_date: NaiveDate) -> NewEntry {
        NewEntry {
            id: entry_id(),
            log_date,
        }
    }

    /// Somebody hands in a first text.
    pub(super) fn submit_new_by(&mut self, person: Person, date: NaiveDate, input: &ReportInput) -> Answer {
        let (actor, setting) = (person.actor(), &self.setting);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let ids = fresh_ids(self.reviews.len());
        let (circumstances, around) = (setting.circumstances(), &setting.surroundings);
        let answer = LogEntry::submit_new(Self::new_entry(date), input, acting, &circumstances, around, ids);
        self.keep(answer)
    }

    /// The student hands in a first text.
    pub(super) fn submit_new(&mut self, date: &str, input: &ReportInput) -> Answer {
        self.submit_new_by(STUDENT, super::fixtures::day(date), input)
    }

    /// Somebody keeps a first text.
    pub(super) fn draft_by(&mut self, person: Person, date: &str, input: &ReportInput) -> Answer {
        let (actor, setting) = (person.actor(), &self.setting);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let ids = fresh_ids(self.reviews.len());
        let (circumstances, around) = (setting.circumstances(), &setting.surroundings);
        let new = Self::new_entry(super::fixtures::day(date));
        let answer = LogEntry::draft(new, input, acting, &circumstances, around, ids);
        self.keep(answer)
    }

    /// The student keeps a first text.
    pub(super) fn draft(&mut self, date: &str, input: &ReportInput) -> Answer {
        self.draft_by(STUDENT, date, input)
    }

    /// Somebody hands in the text with changes: a first time, again, or revised.
    pub(super) fn hand_in_by(&mut self, person: Person, input: &ReportInput) -> Answer {
        let (actor, setting) = (person.actor(), &self.setting);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: self.seen,
        };
        let ids = fresh_ids(self.reviews.len());
        let (circumstances, around) = (setting.circumstances(), &setting.surroundings);
        let answer = self
            .entry()
            .clone()
            .submit(input, acting, &circumstances, around, ids);
        self.keep(answer)
    }

    /// The student hands in the text with changes.
    pub(super) fn hand_in(&mut self, input: &ReportInput) -> Answer {
        self.hand_in_by(STUDENT, input)
    }

    /// Somebody changes the text without handing it in.
    pub(super) fn edit_by(&mut self, person: Person, input: &ReportInput) -> Answer {
        let actor = person.actor();
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: self.seen,
        };
        let edited = self
            .entry()
            .clone()
            .edit(input, acting, &self.setting.circumstances())?;
        self.entry = Some(edited);
        Ok(())
    }

    /// The student changes the text without handing it in.
    pub(super) fn edit(&mut self, input: &ReportInput) -> Answer {
        self.edit_by(STUDENT, input)
    }

    /// Somebody drops the draft.
    pub(super) fn delete_by(&mut self, person: Person) -> Answer {
        let actor = person.actor();
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: self.seen,
        };
        let ids = fresh_ids(self.reviews.len());
        let deletion = self
            .entry()
            .clone()
            .delete(acting, &self.setting.circumstances(), ids)?;
        self.events.push(deletion.event);
        self.entry = None;
        Ok(())
    }

    /// Somebody takes a step.
    pub(super) fn take(&mut self, person: Person, step: &Step) -> Answer {
        self.take_by_way(person, step, Way::Single)
    }

    /// Somebody takes a step, on this entry alone or on many.
    pub(super) fn take_by_way(&mut self, person: Person, step: &Step, way: Way) -> Answer {
        let actor = person.actor();
        let acting = Acting {
            actor: &actor,
            way,
            seen: self.seen,
        };
        let ids = fresh_ids(self.reviews.len());
        let answer = self
            .entry()
            .clone()
            .take(step, acting, &self.setting.circumstances(), ids);
        self.keep(answer)
    }

    fn keep(&mut self, answer: Result<Decision, Refusal>) -> Answer {
        let decision = answer?;
        assert_eq!(
            decision.replaces,
            self.entry.as_ref().map(LogEntry::version),
            "the version that it replaces"
        );
        self.reviews.push(decision.review);
        self.events.push(decision.event);
        self.entry = Some(decision.entry);
        Ok(())
    }
}

/// What came of an action; the world keeps the rest.
pub(super) type Answer = Result<(), Refusal>;
