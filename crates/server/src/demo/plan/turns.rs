//! Which logs are out of the ordinary.

use super::Seat;
use crate::demo::agenda::StudentKey;

/// What is out of the ordinary about a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing: approved, then validated.
    Plain,
    /// The supervisor says nothing.
    Silent,
    /// The supervisor says nothing, and a coordinator verifies it on evidence.
    Evidence,
    /// As before, and it is validated.
    EvidenceValidated,
    /// Not handed in.
    Draft,
    /// Taken back and handed in once more.
    Recalled,
    /// Sent back, and not revised yet.
    Rejected,
    /// Sent back and revised.
    Revised,
    /// Sent back, which the student disputes.
    Disputed,
    /// Approved by a slip, which is undone.
    Retracted,
    /// Flagged by the academic side.
    Flagged,
    /// Flagged, and sent back by a coordinator.
    FlagReturned,
    /// Taken out of the record.
    Voided,
}

/// The logs that are out of the ordinary: university, student, day, and what became of them.
const TURNS: &[(usize, usize, usize, Turn)] = &[
    (0, 1, 10, Turn::Draft),
    (1, 6, 10, Turn::Draft),
    (1, 12, 10, Turn::Draft),
    (0, 2, 9, Turn::Rejected),
    (0, 10, 9, Turn::Rejected),
    (1, 4, 9, Turn::Rejected),
    (1, 9, 8, Turn::Rejected),
    (0, 5, 8, Turn::Disputed),
    (1, 3, 8, Turn::Disputed),
    (0, 6, 6, Turn::Flagged),
    (1, 0, 6, Turn::Flagged),
    (1, 10, 5, Turn::Flagged),
    (0, 8, 3, Turn::FlagReturned),
    (0, 9, 2, Turn::Voided),
    (1, 13, 3, Turn::Voided),
    (0, 4, 4, Turn::Revised),
    (0, 14, 3, Turn::Revised),
    (1, 1, 4, Turn::Revised),
    (1, 8, 5, Turn::Revised),
    (1, 11, 2, Turn::Revised),
    (0, 12, 5, Turn::Retracted),
    (1, 5, 1, Turn::Recalled),
    (0, 3, 5, Turn::EvidenceValidated),
    (0, 3, 6, Turn::Evidence),
    (0, 7, 5, Turn::Evidence),
];

/// Since which day one supervisor has said nothing.
const SILENT_SINCE: usize = 5;

impl Turn {
    /// What became of the log of a student's day.
    pub(super) fn of(key: StudentKey, day: usize) -> Self {
        let here = (key.campus, key.student, day);
        let listed = TURNS
            .iter()
            .find(|(campus, student, on, _)| (*campus, *student, *on) == here);
        let seat = Seat::of(key);
        let silent = key.campus == 0 && (seat.host, seat.industry) == (1, 1) && day >= SILENT_SINCE;
        match listed {
            Some((.., turn)) => *turn,
            None if silent => Self::Silent,
            None => Self::Plain,
        }
    }
}
