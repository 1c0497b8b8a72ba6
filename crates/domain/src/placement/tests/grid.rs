//! The whole grid of state, action and actor.

use super::world::*;
use crate::placement::{
    action::PlacementAction as A,
    amendment::Amendment,
    appointment::Appointment,
    delegation::{Delegation, DelegationParts, Part},
    ending::{Achievement, Requirement},
    placement::{Placement, PlacementParts},
    state::{PlacementState, PlacementStateName as S},
};

/// Takes `action` with everything that it could ask for, on 20 July.
pub(super) fn take(action: A, placement: Placement, by: u128) -> Decided {
    let actor = actor(by);
    let acting = acting(&actor, day(7, 20));
    let successor = candidate(6);
    let world = World {
        industrial: Some(successor),
        ..World::new()
    };
    let own = World::new();
    let reason = remark("as agreed");
    let delegation_id = crate::id::DelegationId::new(uuid::Uuid::from_u128(500));
    match action {
        A::Propose => own.propose(proposal(period((7, 6), (9, 25))), by),
        A::RequestChanges => placement.request_changes(reason, &acting),
        A::Resubmit => placement.resubmit(&acting, &own.setting()),
        A::Approve => placement.approve(&acting, &own.setting()),
        A::Activate => placement.activate(&acting),
        A::Suspend => placement.suspend(reason, &acting),
        A::Resume => placement.resume(reason, &acting),
        A::Complete => placement.complete(&Requirement::default(), &Achievement::default(), &acting),
        A::Terminate => placement.terminate(reason, None, &acting),
        A::Cancel => placement.cancel(reason, &acting),
        A::Withdraw => placement.withdraw(reason, &acting),
        A::Amend => placement.amend(Amendment::default(), &[], &acting, &own.setting()),
        A::AssignSupervisor => placement.assign_supervisor(
            Part::Industrial,
            successor.user_id,
            reason,
            &acting,
            &world.setting(),
        ),
        A::AppointDelegate => {
            let appointment = Appointment {
                id: delegation_id,
                part: Part::Industrial,
                delegate: successor,
                from: day(7, 20),
                to: day(7, 21),
            };
            placement
                .appoint_delegate(&appointment, &[], &acting)
                .map(|(placement, _, event)| (placement, event))
        }
        A::DismissDelegate => {
            let parts = DelegationParts {
                id: delegation_id,
                placement_id: placement.id(),
                part: Part::Industrial,
                delegate: successor.user_id,
                from: day(7, 20),
                to: day(7, 21),
                appointed_by: user(COORDINATOR),
            };
            placement.dismiss_delegate(&Delegation::from_parts(parts).unwrap(), &acting)
        }
    }
}

/// Where an action leads from a state, whoever may take it.
const fn leads_to(state: S, action: A) -> Option<S> {
    match (state, action) {
        (S::Proposed, A::RequestChanges) => Some(S::ChangesRequested),
        (S::ChangesRequested, A::Resubmit) => Some(S::Proposed),
        (S::Proposed, A::Approve) => Some(S::Approved),
        (S::Approved, A::Activate) | (S::Suspended, A::Resume) => Some(S::Active),
        (S::Active, A::Suspend) => Some(S::Suspended),
        (S::Active, A::Complete) => Some(S::Completed),
        (S::Active, A::Terminate) => Some(S::Terminated),
        (S::Proposed | S::ChangesRequested | S::Approved, A::Cancel) => Some(S::Cancelled),
        (S::Proposed | S::ChangesRequested | S::Approved, A::Withdraw) => Some(S::Withdrawn),
        (S::Proposed | S::ChangesRequested | S::Approved | S::Active | S::Suspended, A::Amend)
        | (
            S::Proposed | S::ChangesRequested | S::Approved | S::Active | S::Suspended | S::Terminated,
            A::AssignSupervisor | A::AppointDelegate | A::DismissDelegate,
        ) => Some(state),
        _ => None,
    }
}

/// What keeps a person from an action, whatever the state.
const fn barred(action: A, by: u128) -> Option<&'static str> {
    let of_students = matches!(action, A::Withdraw | A::Resubmit | A::Amend | A::AssignSupervisor);
    let of_supervisors = matches!(action, A::AppointDelegate | A::DismissDelegate);
    let of_coordinators = !matches!(action, A::Withdraw);
    match by {
        COORDINATOR if of_coordinators => None,
        STUDENT if of_students => None,
        INDUSTRIAL if of_supervisors => None,
        STUDENT | SOMEBODY | UNIVERSITY if of_supervisors => Some("not_your_placement"),
        SOMEBODY if of_students => Some("not_your_placement"),
        _ => Some("forbidden"),
    }
}

#[test]
fn every_action_in_every_state_by_everybody_has_the_outcome_of_the_table() {
    let people = [STUDENT, INDUSTRIAL, UNIVERSITY, COORDINATOR, SOMEBODY];
    for (state, placement) in in_every_state() {
        for action in A::ALL.into_iter().filter(|action| *action != A::Propose) {
            for by in people {
                let mended_late = by == STUDENT
                    && matches!(action, A::Amend | A::AssignSupervisor)
                    && !matches!(state, S::Proposed | S::ChangesRequested);
                let expected = match (barred(action, by), leads_to(state, action)) {
                    (Some(code), _) => Err(code),
                    (None, Some(to)) if !mended_late => Ok(to),
                    (None, _) => Err("invalid_transition"),
                };
                let found = take(action, placement.clone(), by);
                let found = found
                    .map(|(after, _)| after.state().name())
                    .map_err(|refusal| refusal.code());
                assert_eq!(found, expected, "{action} by {by} on a placement that is {state}");
            }
        }
    }
}

#[test]
fn what_is_allowed_is_what_succeeds() {
    for (state, placement) in in_every_state() {
        for by in [STUDENT, INDUSTRIAL, COORDINATOR, SOMEBODY] {
            let allowed = placement.allowed_actions(&actor(by));
            for action in A::ALL.into_iter().filter(|action| *action != A::Propose) {
                let succeeds = take(action, placement.clone(), by).is_ok();
                assert_eq!(allowed.contains(&action), succeeds, "{action} by {by} on {state}");
            }
        }
    }
}

#[test]
fn every_change_counts_once_and_leaves_exactly_one_event() {
    for (state, placement) in in_every_state() {
        for action in state.actions().iter().copied() {
            let by = if action == A::Withdraw {
                STUDENT
            } else {
                COORDINATOR
            };
            let (after, event) = take(action, placement.clone(), by).unwrap();
            assert_eq!(after.version(), placement.version().next(), "{action}");
            assert_eq!(
                (event.version, event.from, event.to),
                (after.version(), Some(state), after.state().name())
            );
            assert_eq!((event.placement_id, event.by), (placement.id(), Some(user(by))));
            assert_eq!(
                (after.updated_at(), event.at),
                (noon(day(7, 20)), noon(day(7, 20)))
            );
            assert!(event.name().starts_with("placement."), "{}", event.name());
        }
    }
}

#[test]
fn no_action_leads_out_of_a_final_state() {
    for (state, placement) in in_every_state() {
        for action in A::ALL.into_iter().filter(|action| *action != A::Propose) {
            for by in [STUDENT, INDUSTRIAL, UNIVERSITY, COORDINATOR, SOMEBODY] {
                if let Ok((after, _)) = take(action, placement.clone(), by) {
                    assert!(
                        !state.is_final() || after.state() == placement.state(),
                        "{action} on {state}"
                    );
                }
            }
        }
    }
}

#[test]
fn names_are_found_again_and_no_others() {
    for state in S::ALL {
        assert_eq!(S::from_name(state.as_str()), Some(state));
    }
    for action in A::ALL {
        assert_eq!(A::from_name(action.as_str()), Some(action));
    }
    assert_eq!((S::from_name("Active"), A::from_name("delete")), (None, None));
}

#[test]
fn a_student_has_no_say_as_a_supervisor_of_oneself() {
    let parts = PlacementParts {
        industrial_supervisor: None,
        ..parts(PlacementState::Approved)
    };
    let placement = Placement::from_parts(parts).unwrap();
    assert_eq!(placement.allowed_actions(&actor(STUDENT)), [A::Withdraw]);
}
