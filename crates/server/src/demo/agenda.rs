//! What happens when: the deeds of the term, in the order of their time.

use ipt_application::placement::placements;
use ipt_domain::{
    Instant,
    logbook::{input::ReportInput, transition::StepKind},
};

/// A student, by university and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StudentKey {
    pub(super) campus: usize,
    pub(super) student: usize,
}

/// Something that happens at a moment.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) at: Instant,
    pub(super) deed: Deed,
}

/// What happens.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// A placement is proposed, by its student or by a coordinator.
    Propose {
        of: StudentKey,
        by_student: bool,
        command: Box<placements::create::Command>,
    },
    /// A coordinator takes a step with a placement.
    Step {
        of: StudentKey,
        step: placements::step::Step,
        reason: Option<&'static str>,
    },
    /// A day begins on which placements begin.
    DayBreak,
    /// Something happens to the log of one of the student's days.
    Log {
        of: StudentKey,
        day: usize,
        deed: LogDeed,
    },
    /// The people of a university read what they were told.
    ReadAll { campus: usize },
}

/// What happens to a log.
#[derive(Clone, Debug)]
pub(super) enum LogDeed {
    /// The student writes it, with a file or without.
    HandIn {
        report: Box<ReportInput>,
        draft: bool,
        file: Option<File>,
    },
    /// The student hands it in again, with changes or without.
    Revise(Box<ReportInput>),
    /// Somebody decides.
    Take {
        by: Part,
        kind: StepKind,
        comments: Option<String>,
        many: bool,
    },
}

/// A file that comes with a log.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) content: String,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Student,
    Industry,
    Academic,
    Coordinator,
}

/// The deeds of the term.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda(Vec<Moment>);

impl Agenda {
    /// Adds a deed.
    pub(super) fn add(&mut self, at: Instant, deed: Deed) {
        self.0.push(Moment { at, deed });
    }

    /// What has happened before `now`, the oldest first; of two at one time, the one that was added first.
    pub(super) fn until(self, now: Instant) -> Vec<Moment> {
        let mut moments = self.0;
        moments.retain(|moment| moment.at < now);
        moments.sort_by_key(|moment| moment.at);
        moments
    }
}
