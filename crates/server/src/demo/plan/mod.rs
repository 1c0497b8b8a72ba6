//! What happened in the term: which student trains where, and what became of each day's log.
//!
//! Whole lives are planned, and what lies ahead of now has not happened yet: so the last days are in every state by
//! themselves, at any hour and on any day of the week.

pub(super) mod geography;
mod logs;
mod placements;
mod reports;
mod turns;

use super::{
    agenda::{Agenda, Deed, Moment, StudentKey},
    founding::Campus,
};
use ipt_domain::Instant;

/// How many weeks ago the term began.
pub(super) const WEEKS: u64 = 6;

/// The day on which everybody last read the notifications, counted from the oldest of the days that are written of.
const READ_ON: usize = 9;

/// How a student fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Began a few days ago, and has written nothing yet.
    Newcomer,
    /// Trains.
    Active,
    /// Trained, and is interrupted.
    Suspended,
    /// Trained, and was sent home.
    Terminated,
    /// Has done everything.
    Completed,
    /// Begins in two weeks.
    Approved,
    /// Has proposed a placement.
    Proposed,
    /// Was asked to mend a proposal.
    ChangesRequested,
    /// Has none.
    Unplaced,
}

impl Fate {
    const fn of(key: StudentKey) -> Self {
        match (key.campus, key.student) {
            (0, 0) => Self::Newcomer,
            (0, 13) => Self::Suspended,
            (1, 15) => Self::Terminated,
            (0, 16) => Self::Completed,
            (0, 17) => Self::Approved,
            (0, 18) => Self::Proposed,
            (1, 19) => Self::ChangesRequested,
            (0, 19) | (1, 17 | 18) => Self::Unplaced,
            _ => Self::Active,
        }
    }
}

/// Where a student trains and who looks after the student, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) host: usize,
    pub(super) site: usize,
    pub(super) industry: usize,
    pub(super) academic: usize,
    pub(super) coordinator: usize,
}

impl Seat {
    /// The seat of a student. The newcomer's people are the first ones.
    pub(super) const fn of(key: StudentKey) -> Self {
        let number = key.student;
        Self {
            host: number % 2,
            site: number / 4 % 2,
            industry: number / 2 % 2,
            academic: number % 3,
            coordinator: number / 3 % 2,
        }
    }
}

/// Everything that has happened until `now`, in its order.
pub(super) fn term(campuses: &[Campus], now: Instant) -> Vec<Moment> {
    let mut agenda = Agenda::default();
    for (index, campus) in campuses.iter().enumerate() {
        for student in 0..campus.students.len() {
            let key = StudentKey {
                campus: index,
                student,
            };
            placements::plan(&mut agenda, campus, key);
            logs::plan(&mut agenda, campus, key);
        }
        let morning = campus.term.at(campus.term.day(READ_ON), 7, 30);
        agenda.add(morning, Deed::ReadAll { campus: index });
    }
    agenda.until(now)
}
