//! The whole grid of state, action and actor, with the outcome of each cell.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::logbook::{
    action::{Action, Side},
    state::StateName as S,
    transition::ReturnTo,
};

use Action as A;
use Shape as P;

/// The chain: what leads from where to where. What is not in it is refused, whoever acts.
const CHAIN: &[(Shape, &[(Action, S)])] = &[
    (
        P::DraftNeverSubmitted,
        &[(A::Submit, S::Submitted), (A::Delete, S::Draft)],
    ),
    (P::DraftOnceSubmitted, &[(A::Submit, S::Submitted)]),
    (
        P::Submitted,
        &[
            (A::Recall, S::Draft),
            (A::Approve, S::IndustryVerified),
            (A::Reject, S::RevisionRequested),
            (A::VerifyOnEvidence, S::IndustryVerified),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::RevisionRequested,
        &[
            (A::Revise, S::Submitted),
            (A::Dispute, S::Flagged),
            (A::Retract, S::Submitted),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::RevisionBegun,
        &[
            (A::Revise, S::Submitted),
            (A::Dispute, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::RevisionAskedByCoordinator,
        &[
            (A::Revise, S::Submitted),
            (A::Dispute, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::RevisionRecalled,
        &[
            (A::Revise, S::Submitted),
            (A::Dispute, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::Verified,
        &[
            (A::Retract, S::Submitted),
            (A::Validate, S::Validated),
            (A::Flag, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::VerifiedAndReturned,
        &[
            (A::Validate, S::Validated),
            (A::Flag, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::VerifiedOnEvidence,
        &[
            (A::Validate, S::Validated),
            (A::Flag, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::VerifiedOnEvidenceByUniversity,
        &[
            (A::Validate, S::Validated),
            (A::Flag, S::Flagged),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::FlaggedByUniversity,
        &[
            (A::ReturnToAcademic, S::IndustryVerified),
            (A::ReturnToIndustry, S::Submitted),
            (A::ReturnToStudent, S::RevisionRequested),
            (A::Void, S::Voided),
        ],
    ),
    (
        P::Disputed,
        &[
            (A::ReturnToIndustry, S::Submitted),
            (A::ReturnToStudent, S::RevisionRequested),
            (A::Void, S::Voided),
        ],
    ),
    (P::Validated, &[]),
    (P::Voided, &[]),
];

const YES: Option<&str> = None;
const NOT_YOURS: Option<&str> = Some("not_your_placement");
const NO_ROLE: Option<&str> = Some("forbidden");
const NOT_THERE: Option<&str> = Some("not_found");
const ABOUT_ONESELF: Option<&str> = Some("separation_of_duties");

/// Who may act on which side of P: the student's, industry's, the academic one, the coordinators'.
const PEOPLE: &[(Person, [Option<&str>; 4])] = &[
    (STUDENT, [YES, NO_ROLE, NO_ROLE, NO_ROLE]),
    (INDUSTRIAL, [NO_ROLE, YES, NO_ROLE, NO_ROLE]),
    (UNIVERSITY, [NO_ROLE, NO_ROLE, YES, NO_ROLE]),
    (COORDINATOR, [NO_ROLE, NO_ROLE, NO_ROLE, YES]),
    (SECOND_COORDINATOR, [NO_ROLE, NO_ROLE, NO_ROLE, YES]),
    (INDUSTRIAL_DELEGATE, [NO_ROLE, YES, NO_ROLE, NO_ROLE]),
    (ACADEMIC_DELEGATE, [NO_ROLE, NO_ROLE, YES, NO_ROLE]),
    (SUCCESSOR, [NO_ROLE, NOT_YOURS, NO_ROLE, NO_ROLE]),
    (STRANGER, [NOT_YOURS, NOT_YOURS, NOT_YOURS, NO_ROLE]),
    (FOREIGNER, [NOT_THERE; 4]),
    (STUDENT_WHO_COORDINATES, [YES, NO_ROLE, NO_ROLE, ABOUT_ONESELF]),
    (INDUSTRIAL_WHO_COORDINATES, [NO_ROLE, YES, NO_ROLE, YES]),
    (UNIVERSITY_WHO_COORDINATES, [NO_ROLE, NO_ROLE, YES, YES]),
];

/// What keeps a person from an action, whatever the state allows.
fn barred(
    shape: Shape,
    action: Action,
    person: Person,
    sides: [Option<&'static str>; 4],
) -> Option<&'static str> {
    let is_student = person.id() == STUDENT.id();
    if shape == P::DraftNeverSubmitted && !is_student {
        return NOT_THERE;
    }
    let of_university = person.id() == UNIVERSITY.id();
    let resolves = matches!(
        action,
        A::ReturnToAcademic | A::ReturnToIndustry | A::ReturnToStudent | A::Void
    );
    let column = match action.side() {
        Side::Student => 0,
        Side::Industry => 1,
        Side::Academic => 2,
        Side::Coordinator => 3,
    };
    match sides[column] {
        // Whoever flagged does not resolve the flag.
        None if shape == P::FlaggedByUniversity && of_university && resolves => ABOUT_ONESELF,
        // Whoever verified on evidence does not validate, nor does anybody for that person.
        None if shape == P::VerifiedOnEvidenceByUniversity && action == A::Validate => ABOUT_ONESELF,
        code => code,
    }
}

/// The outcome of a cell: the state afterwards, or the code of the refusal.
fn expected(
    shape: Shape,
    action: Action,
    person: Person,
    sides: [Option<&'static str>; 4],
) -> Result<S, &'static str> {
    if let Some(code) = barred(shape, action, person, sides) {
        return Err(code);
    }
    let (_, ways) = CHAIN.iter().find(|(from, _)| *from == shape).unwrap();
    ways.iter()
        .find(|(way, _)| *way == action)
        .map(|(_, to)| *to)
        .ok_or("invalid_transition")
}

/// Takes an action with everything that it asks for. A text is handed in by one call, whether that is `submit` or `revise`.
fn attempt(world: &mut World, action: Action, person: Person) -> Result<S, &'static str> {
    let step = match action {
        A::Draft => return Ok(world.state()),
        A::Submit | A::Revise => {
            let answer = world.hand_in_by(person, &worked());
            return answer.map(|()| world.state()).map_err(|refusal| refusal.code());
        }
        A::Delete => {
            let before = world.state();
            return world
                .delete_by(person)
                .map(|()| before)
                .map_err(|refusal| refusal.code());
        }
        A::Recall => recall(),
        A::Dispute => dispute(),
        A::Approve => approve(),
        A::Reject => reject(),
        A::Retract => retract(),
        A::VerifyOnEvidence => verify_on_evidence(),
        A::Validate => validate(),
        A::Flag => flag(),
        A::ReturnToAcademic => return_to(ReturnTo::Academic),
        A::ReturnToIndustry => return_to(ReturnTo::Industry),
        A::ReturnToStudent => return_to(ReturnTo::Student),
        A::Void => void(),
    };
    world
        .take(person, &step)
        .map(|()| world.state())
        .map_err(|refusal| refusal.code())
}

/// The actions that can be attempted in a state: of the two names for handing in a text, one.
fn columns(state: S) -> impl Iterator<Item = Action> {
    let other = if state == S::RevisionRequested {
        A::Submit
    } else {
        A::Revise
    };
    A::ALL
        .into_iter()
        .filter(move |action| *action != A::Draft && *action != other)
}

#[test]
fn every_action_in_every_state_by_everybody_has_the_outcome_of_the_table() {
    let mut cells = 0;
    for (shape, _) in CHAIN {
        let world = entry_in(*shape);
        for action in columns(world.state()) {
            for (person, sides) in PEOPLE {
                let outcome = attempt(&mut world.clone(), action, *person);
                let expected = expected(*shape, action, *person, *sides);
                assert_eq!(outcome, expected, "{action} by {person:?} on {shape:?}");
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 15 * 14 * 13);
}

#[test]
fn what_is_offered_to_a_person_is_what_would_not_be_refused() {
    for (shape, _) in CHAIN {
        let world = entry_in(*shape);
        for (person, sides) in PEOPLE {
            let would_succeed: Vec<_> = columns(world.state())
                .filter(|action| expected(*shape, *action, *person, *sides).is_ok())
                .collect();
            let mut offered = world.allowed(*person);
            offered.sort_unstable();
            assert_eq!(offered, would_succeed, "{person:?} on {shape:?}");
        }
    }
}

#[test]
fn a_refusal_of_the_state_names_it_the_action_and_what_is_open_to_this_person() {
    use crate::logbook::refusal::Refusal;
    for (shape, _) in CHAIN {
        let world = entry_in(*shape);
        for (person, _) in PEOPLE {
            let Err(refusal) = world.clone().take(*person, &reject()) else {
                continue;
            };
            let Refusal::InvalidTransition {
                state,
                action,
                allowed,
            } = refusal
            else {
                continue;
            };
            assert_eq!((state, action), (world.state(), A::Reject));
            assert_eq!(allowed, world.allowed(*person), "{person:?} on {shape:?}");
        }
    }
}

#[test]
fn no_action_leaves_a_final_state() {
    for shape in [P::Validated, P::Voided] {
        let world = entry_in(shape);
        assert!(world.state().is_final());
        assert_eq!(world.entry().state().actions(), []);
    }
    let open: Vec<_> = S::ALL.into_iter().filter(|state| state.is_open()).collect();
    assert_eq!(
        open,
        [
            S::Submitted,
            S::RevisionRequested,
            S::IndustryVerified,
            S::Flagged
        ]
    );
}

#[test]
fn a_text_is_changed_only_while_it_lies_with_its_student() {
    for (shape, _) in CHAIN {
        let mut world = entry_in(*shape);
        let lies_with_student = matches!(world.state(), S::Draft | S::RevisionRequested);
        let version = world.entry().version();
        let edited = world.edit(&text("Fitted the bearings of the second pump."));
        assert_eq!(edited.is_ok(), lies_with_student, "{shape:?}");
        let code = edited.err().map(|refusal| refusal.code());
        assert_eq!(
            code.unwrap_or("invalid_transition"),
            "invalid_transition",
            "{shape:?}"
        );
        let expected = if lies_with_student {
            version.next()
        } else {
            version
        };
        assert_eq!(world.entry().version(), expected, "{shape:?}");
    }
}
