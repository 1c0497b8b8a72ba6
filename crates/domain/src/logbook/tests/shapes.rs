//! The states of an entry with the data on which its actions depend, and an entry in each.

use super::{fixtures::*, world::World};
use crate::logbook::transition::ReturnTo;

/// A state with the data on which its actions depend, and how an entry came there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    DraftNeverSubmitted,
    DraftOnceSubmitted,
    Submitted,
    /// By industry, and nobody has acted on it.
    RevisionRequested,
    /// By industry, and the student has begun to revise.
    RevisionBegun,
    /// By a coordinator.
    RevisionAskedByCoordinator,
    /// The student has recalled the second revision.
    RevisionRecalled,
    /// By industry, and nobody has acted on it.
    Verified,
    /// By industry; flagged and returned since.
    VerifiedAndReturned,
    VerifiedOnEvidence,
    /// The university supervisor is a coordinator as well, and acted as one.
    VerifiedOnEvidenceByUniversity,
    FlaggedByUniversity,
    Disputed,
    Validated,
    Voided,
}

/// An entry that came to a shape, step by step.
pub(super) fn entry_in(shape: Shape) -> World {
    let mut world = World::in_setting(Setting::with_delegates());
    if shape == Shape::DraftNeverSubmitted {
        world.draft("07-06", &worked()).unwrap();
        return world;
    }
    world.submit_new("07-06", &worked()).unwrap();
    let steps = match shape {
        Shape::DraftNeverSubmitted | Shape::Submitted => vec![],
        Shape::DraftOnceSubmitted => vec![(STUDENT, recall())],
        Shape::RevisionRequested | Shape::RevisionBegun | Shape::RevisionRecalled => {
            vec![(INDUSTRIAL, reject())]
        }
        Shape::RevisionAskedByCoordinator => vec![
            (INDUSTRIAL, approve()),
            (UNIVERSITY, flag()),
            (COORDINATOR, return_to(ReturnTo::Student)),
        ],
        Shape::Verified => vec![(INDUSTRIAL, approve())],
        Shape::VerifiedAndReturned => vec![
            (INDUSTRIAL, approve()),
            (UNIVERSITY, flag()),
            (COORDINATOR, return_to(ReturnTo::Academic)),
        ],
        Shape::VerifiedOnEvidence => vec![(COORDINATOR, verify_on_evidence())],
        Shape::VerifiedOnEvidenceByUniversity => vec![(UNIVERSITY_WHO_COORDINATES, verify_on_evidence())],
        Shape::FlaggedByUniversity => vec![(INDUSTRIAL, approve()), (UNIVERSITY, flag())],
        Shape::Disputed => vec![(INDUSTRIAL, reject()), (STUDENT, dispute())],
        Shape::Validated => vec![(INDUSTRIAL, approve()), (UNIVERSITY, validate())],
        Shape::Voided => vec![(COORDINATOR, void())],
    };
    for (person, step) in steps {
        world.take(person, &step).unwrap();
    }
    if shape == Shape::RevisionBegun {
        world
            .edit(&text("Fitted the bearings of the second pump."))
            .unwrap();
    }
    if shape == Shape::RevisionRecalled {
        world.hand_in(&worked()).unwrap();
        world.take(STUDENT, &recall()).unwrap();
    }
    world
}
