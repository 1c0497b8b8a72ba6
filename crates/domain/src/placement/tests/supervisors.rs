use super::world::*;
use crate::{
    id::OrganisationId,
    placement::{
        delegation::Part,
        event::PlacementEventKind,
        neighbour::most_at_once,
        placement::{Placement, PlacementParts},
        refusal::PlacementRefusal,
        state::{PlacementState, PlacementStateName},
        supervisor::{Candidate, Ineligibility},
        violation::PlacementViolation,
    },
};

fn approved_without_supervisors() -> Placement {
    let parts = PlacementParts {
        industrial_supervisor: None,
        university_supervisor: None,
        ..parts(PlacementState::Approved)
    };
    Placement::from_parts(parts).unwrap()
}

fn why(decided: &Decided) -> Option<Ineligibility> {
    match decided {
        Err(PlacementRefusal::Rules(found)) => found.iter().find_map(|violation| match violation {
            PlacementViolation::SupervisorNotEligible { why, .. } => Some(*why),
            _ => None,
        }),
        _ => None,
    }
}

#[test]
fn a_supervisor_is_assigned_without_a_reason_and_replaced_with_one() {
    let world = World::new();
    let (with_one, event) = world
        .assign(approved_without_supervisors(), Part::Industrial, INDUSTRIAL, None)
        .unwrap();
    assert_eq!(with_one.industrial_supervisor(), Some(user(INDUSTRIAL)));
    assert_eq!(event.name(), "placement.supervisor_assigned");
    let world = World {
        industrial: Some(candidate(SOMEBODY)),
        ..World::new()
    };
    let refused = world.assign(with_one.clone(), Part::Industrial, SOMEBODY, None);
    assert_eq!(codes(&refused), ["comments_required"]);
    let (replaced, event) = world
        .assign(with_one, Part::Industrial, SOMEBODY, remark("left the company"))
        .unwrap();
    assert_eq!(replaced.industrial_supervisor(), Some(user(SOMEBODY)));
    assert_eq!(
        event.kind,
        PlacementEventKind::SupervisorReplaced {
            part: Part::Industrial,
            predecessor: user(INDUSTRIAL),
            supervisor: user(SOMEBODY),
        }
    );
    assert_eq!(event.reason, remark("left the company"));
}

#[test]
fn supervisors_are_of_the_organisation_and_of_the_institution() {
    let elsewhere = OrganisationId::new(uuid::Uuid::from_u128(801));
    let fit = candidate(SOMEBODY);
    let table = [
        (Part::Industrial, fit, None),
        (
            Part::Industrial,
            Candidate {
                holds_role: false,
                ..fit
            },
            Some(Ineligibility::NotOfTheOrganisation),
        ),
        (
            Part::Industrial,
            Candidate {
                organisation_id: None,
                ..fit
            },
            Some(Ineligibility::NotOfTheOrganisation),
        ),
        (
            Part::Industrial,
            Candidate {
                organisation_id: Some(elsewhere),
                ..fit
            },
            Some(Ineligibility::NotOfTheOrganisation),
        ),
        (
            Part::Academic,
            Candidate {
                organisation_id: None,
                ..fit
            },
            None,
        ),
        (
            Part::Academic,
            Candidate {
                holds_role: false,
                ..fit
            },
            Some(Ineligibility::NotOfTheInstitution),
        ),
    ];
    for (part, known, expected) in table {
        let world = World {
            industrial: Some(known),
            university: Some(known),
            ..World::new()
        };
        let decided = world.assign(approved_without_supervisors(), part, SOMEBODY, None);
        assert_eq!(why(&decided), expected, "{part} {known:?}");
        assert_eq!(decided.is_ok(), expected.is_none());
    }
}

#[test]
fn a_person_of_whom_nothing_is_known_supervises_nobody() {
    let world = World {
        industrial: None,
        ..World::new()
    };
    let refused = world.assign(approved_without_supervisors(), Part::Industrial, INDUSTRIAL, None);
    assert_eq!(why(&refused), Some(Ineligibility::Unknown));
    let mistaken = World {
        industrial: Some(candidate(INDUSTRIAL)),
        ..World::new()
    };
    let refused = mistaken.assign(approved_without_supervisors(), Part::Industrial, SOMEBODY, None);
    assert_eq!(why(&refused), Some(Ineligibility::Unknown));
}

#[test]
fn student_and_supervisors_are_three_people() {
    let of_all_roles = |number| World {
        industrial: Some(candidate(number)),
        university: Some(candidate(number)),
        ..World::new()
    };
    let table = [
        (Part::Industrial, STUDENT, Ineligibility::IsTheStudent),
        (Part::Academic, STUDENT, Ineligibility::IsTheStudent),
        (Part::Industrial, UNIVERSITY, Ineligibility::HoldsTheOtherPart),
        (Part::Academic, INDUSTRIAL, Ineligibility::HoldsTheOtherPart),
        (Part::Industrial, INDUSTRIAL, Ineligibility::HoldsThePart),
    ];
    for (part, person, expected) in table {
        let refused = of_all_roles(person).assign(active(), part, person, remark("a change"));
        assert_eq!(why(&refused), Some(expected), "{part}");
        assert_eq!(codes(&refused), ["supervisor_not_eligible"]);
    }
}

#[test]
fn a_supervisor_is_still_replaced_after_a_termination_for_what_was_submitted_is_reviewed() {
    let world = World {
        university: Some(candidate(SOMEBODY)),
        ..World::new()
    };
    let (replaced, _) = world
        .assign(
            terminated(day(8, 14)),
            Part::Academic,
            SOMEBODY,
            remark("on leave"),
        )
        .unwrap();
    assert_eq!(replaced.state().name(), PlacementStateName::Terminated);
    assert_eq!(replaced.university_supervisor(), Some(user(SOMEBODY)));
}

#[test]
fn students_at_one_time_are_counted_on_the_busiest_day_and_each_once() {
    let taken = [
        (user(10), period((7, 1), (7, 31))),
        (user(11), period((7, 31), (8, 31))),
        (user(11), period((7, 15), (8, 1))),
        (user(12), period((8, 1), (8, 31))),
        (user(13), period((1, 1), (6, 30))),
    ];
    assert_eq!(most_at_once(period((7, 1), (9, 30)), &taken), 2);
    assert_eq!(most_at_once(period((6, 30), (6, 30)), &taken), 1);
    assert_eq!(most_at_once(period((10, 1), (10, 2)), &taken), 0);
}
