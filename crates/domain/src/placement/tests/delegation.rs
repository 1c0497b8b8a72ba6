use super::world::*;
use crate::{
    id::{DelegationId, UserId},
    placement::{
        appointment::Appointment,
        delegation::{Delegation, DelegationParts, Part},
        placement::{Placement, PlacementParts},
        refusal::PlacementRefusal,
        standing::{Capacity, Standing},
        state::PlacementState,
        supervisor::{Candidate, Ineligibility},
    },
};

const OWN: Option<Capacity> = Some(Capacity { on_behalf_of: None });

/// Acting for a supervisor.
const fn acting_for(supervisor: UserId) -> Capacity {
    Capacity {
        on_behalf_of: Some(supervisor),
    }
}

fn appointment(part: Part, delegate: Candidate) -> Appointment {
    let id = DelegationId::new(uuid::Uuid::from_u128(500));
    Appointment {
        id,
        part,
        delegate,
        from: day(7, 10),
        to: day(7, 14),
    }
}

fn delegation(part: Part, delegate: u128, of: &Placement) -> Delegation {
    let parts = DelegationParts {
        id: DelegationId::new(uuid::Uuid::from_u128(501)),
        placement_id: of.id(),
        part,
        delegate: user(delegate),
        from: day(7, 10),
        to: day(7, 14),
        appointed_by: user(COORDINATOR),
    };
    Delegation::from_parts(parts).unwrap()
}

fn appoint(
    appointment: &Appointment,
    there: &[Delegation],
    by: u128,
) -> Result<Delegation, PlacementRefusal> {
    let actor = actor(by);
    let answer = active().appoint_delegate(appointment, there, &acting(&actor, day(7, 8)));
    answer.map(|(_, delegation, _)| delegation)
}

#[test]
fn a_delegate_acts_from_the_first_to_the_last_day_and_both_are_named() {
    // Row 22.
    let placement = active();
    let appointed = appoint(
        &appointment(Part::Industrial, candidate(SOMEBODY)),
        &[],
        INDUSTRIAL,
    )
    .unwrap();
    let on = |today| {
        placement
            .standing_of(user(SOMEBODY), today, today, std::slice::from_ref(&appointed))
            .industrial
    };
    assert_eq!(on(day(7, 9)), None);
    assert_eq!(on(day(7, 10)), Some(acting_for(user(INDUSTRIAL))));
    assert_eq!(on(day(7, 14)), Some(acting_for(user(INDUSTRIAL))));
    assert_eq!(on(day(7, 15)), None);
}

#[test]
fn each_part_is_judged_by_the_day_of_its_side() {
    let placement = active();
    let both = [
        delegation(Part::Industrial, SOMEBODY, &placement),
        delegation(Part::Academic, 6, &placement),
    ];
    let standing = |person| placement.standing_of(user(person), day(7, 15), day(7, 14), &both);
    assert_eq!(
        standing(SOMEBODY),
        Standing::default(),
        "at the workplace it is the 15th already"
    );
    assert_eq!(standing(6).academic, Some(acting_for(user(UNIVERSITY))));
}

#[test]
fn supervisors_and_student_hold_their_parts_and_nobody_else_does() {
    let placement = active();
    let table = [
        (
            STUDENT,
            Standing {
                student: true,
                industrial: None,
                academic: None,
            },
        ),
        (
            INDUSTRIAL,
            Standing {
                student: false,
                industrial: OWN,
                academic: None,
            },
        ),
        (
            UNIVERSITY,
            Standing {
                student: false,
                industrial: None,
                academic: OWN,
            },
        ),
        (COORDINATOR, Standing::default()),
        (SOMEBODY, Standing::default()),
    ];
    for (person, expected) in table {
        let standing = placement.standing_of(user(person), day(7, 10), day(7, 10), &[]);
        assert_eq!(standing, expected, "{person}");
        assert_eq!(standing.holds_any(), expected != Standing::default());
    }
}

#[test]
fn a_delegate_of_another_placement_has_no_part_in_this_one() {
    let other = Placement::from_parts(PlacementParts {
        id: placement_id(101),
        ..parts(PlacementState::Approved)
    });
    let elsewhere = delegation(Part::Industrial, SOMEBODY, &other.unwrap());
    let standing = active().standing_of(user(SOMEBODY), day(7, 10), day(7, 10), &[elsewhere]);
    assert!(!standing.holds_any());
}

#[test]
fn industry_reviews_for_fourteen_days_after_a_termination_and_the_academic_side_for_ever() {
    // Rows 31 and 32.
    let ended = terminated(day(8, 14));
    let on = |person, today| ended.standing_of(user(person), today, today, &[]);
    assert_eq!(on(INDUSTRIAL, day(8, 28)).industrial, OWN);
    assert_eq!(on(INDUSTRIAL, day(8, 29)).industrial, None);
    assert_eq!(on(UNIVERSITY, day(9, 10)).academic, OWN);
}

#[test]
fn a_supervisor_who_was_replaced_holds_the_part_no_more() {
    // Row 21.
    let world = World {
        industrial: Some(candidate(SOMEBODY)),
        ..World::new()
    };
    let (replaced, _) = world
        .assign(active(), Part::Industrial, SOMEBODY, remark("left"))
        .unwrap();
    assert!(
        !replaced
            .standing_of(user(INDUSTRIAL), day(7, 20), day(7, 20), &[])
            .holds_any()
    );
    assert_eq!(
        replaced
            .standing_of(user(SOMEBODY), day(7, 20), day(7, 20), &[])
            .industrial,
        OWN
    );
}

#[test]
fn nobody_of_one_part_acts_for_the_other_nor_does_the_student() {
    // Row 23.
    let placement = active();
    let there = [delegation(Part::Academic, SOMEBODY, &placement)];
    let table = [
        (Part::Industrial, UNIVERSITY),
        (Part::Academic, INDUSTRIAL),
        (Part::Industrial, STUDENT),
        (Part::Academic, STUDENT),
        (Part::Industrial, SOMEBODY),
    ];
    for (part, person) in table {
        let refused = appoint(&appointment(part, candidate(person)), &there, COORDINATOR).unwrap_err();
        assert_eq!(refused.code(), "separation_of_duties", "{person} for {part}");
    }
}

#[test]
fn a_delegate_of_the_other_part_on_other_days_may_act() {
    let there = [delegation(Part::Academic, SOMEBODY, &active())];
    let later = Appointment {
        from: day(7, 15),
        to: day(7, 17),
        ..appointment(Part::Industrial, candidate(SOMEBODY))
    };
    assert!(appoint(&later, &there, COORDINATOR).is_ok());
}

#[test]
fn a_delegate_of_the_other_part_does_not_become_supervisor_until_that_is_over() {
    let there = |to| {
        let parts = DelegationParts {
            id: DelegationId::new(uuid::Uuid::from_u128(501)),
            placement_id: placement_id(100),
            part: Part::Academic,
            delegate: user(SOMEBODY),
            from: day(7, 10),
            to,
            appointed_by: user(COORDINATOR),
        };
        vec![Delegation::from_parts(parts).unwrap()]
    };
    let assign = |delegations| {
        let world = World {
            industrial: Some(candidate(SOMEBODY)),
            delegations,
            ..World::new()
        };
        world.assign(active(), Part::Industrial, SOMEBODY, remark("a successor"))
    };
    assert_eq!(codes(&assign(there(day(7, 20)))), ["supervisor_not_eligible"]);
    assert!(assign(there(day(7, 19))).is_ok());
}

#[test]
fn a_supervisor_appoints_for_the_own_part_and_a_coordinator_for_both() {
    let table = [
        (INDUSTRIAL, Part::Industrial, None),
        (INDUSTRIAL, Part::Academic, Some("not_your_placement")),
        (UNIVERSITY, Part::Academic, None),
        (COORDINATOR, Part::Industrial, None),
        (COORDINATOR, Part::Academic, None),
        (SOMEBODY, Part::Industrial, Some("not_your_placement")),
        (STUDENT, Part::Industrial, Some("not_your_placement")),
    ];
    for (by, part, expected) in table {
        let answer = appoint(&appointment(part, candidate(6)), &[], by);
        assert_eq!(
            answer.err().map(|refusal| refusal.code()),
            expected,
            "{by} for {part}"
        );
    }
}

#[test]
fn a_delegate_is_fit_for_the_part_and_the_days_run_forwards() {
    let stranger = Candidate {
        organisation_id: None,
        ..candidate(6)
    };
    let backwards = Appointment {
        from: day(7, 14),
        to: day(7, 10),
        ..appointment(Part::Industrial, stranger)
    };
    let refused = appoint(&backwards, &[], COORDINATOR).unwrap_err();
    let PlacementRefusal::Rules(found) = refused else {
        panic!("{refused:?}")
    };
    let codes: Vec<_> = found.iter().map(crate::error::Violation::code).collect();
    assert_eq!(codes, ["supervisor_not_eligible", "period_reversed"]);
    let oneself = appoint(
        &appointment(Part::Industrial, candidate(INDUSTRIAL)),
        &[],
        COORDINATOR,
    )
    .unwrap_err();
    assert!(oneself.to_string().contains(Ineligibility::HoldsThePart.as_str()));
}

#[test]
fn there_is_nobody_to_act_for_without_a_supervisor() {
    let parts = PlacementParts {
        university_supervisor: None,
        ..parts(PlacementState::Approved)
    };
    let coordinator = actor(COORDINATOR);
    let refused = Placement::from_parts(parts).unwrap().appoint_delegate(
        &appointment(Part::Academic, candidate(SOMEBODY)),
        &[],
        &acting(&coordinator, day(7, 8)),
    );
    assert_eq!(refused.unwrap_err().code(), "supervisor_required");
}

#[test]
fn appointment_and_dismissal_are_told() {
    let supervisor = actor(INDUSTRIAL);
    let by = acting(&supervisor, day(7, 8));
    let (placement, delegation, event) = active()
        .appoint_delegate(&appointment(Part::Industrial, candidate(SOMEBODY)), &[], &by)
        .unwrap();
    assert_eq!(
        (event.name(), event.version),
        ("placement.delegate_appointed", placement.version())
    );
    assert_eq!(
        (delegation.delegate(), delegation.appointed_by()),
        (user(SOMEBODY), user(INDUSTRIAL))
    );
    let university = actor(UNIVERSITY);
    let refused = placement
        .clone()
        .dismiss_delegate(&delegation, &acting(&university, day(7, 9)));
    assert_eq!(codes(&refused), ["not_your_placement"]);
    let (_, event) = placement.dismiss_delegate(&delegation, &by).unwrap();
    assert_eq!(event.name(), "placement.delegate_dismissed");
}

#[test]
fn each_part_is_found_by_its_name() {
    for (part, name) in [(Part::Industrial, "industrial"), (Part::Academic, "academic")] {
        assert_eq!((part.as_str(), part.to_string().as_str()), (name, name));
        assert_eq!(Part::from_name(name), Some(part));
    }
    for other in ["", "Industrial", "university"] {
        assert_eq!(Part::from_name(other), None);
    }
}
