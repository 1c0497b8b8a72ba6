//! Random histories.

use proptest::prelude::*;

use super::{grid::take, world::*};
use crate::placement::{action::PlacementAction, state::PlacementState};

/// An action by somebody: 13 of the 14 that act on a placement leave the supervisors as they are or replace one.
fn steps() -> impl Strategy<Value = Vec<(PlacementAction, u128)>> {
    let actions: Vec<_> = PlacementAction::ALL
        .into_iter()
        .filter(|action| *action != PlacementAction::Propose)
        .collect();
    let people = vec![
        STUDENT,
        INDUSTRIAL,
        UNIVERSITY,
        COORDINATOR,
        COORDINATOR,
        SOMEBODY,
    ];
    prop::collection::vec(
        (prop::sample::select(actions), prop::sample::select(people)),
        0..40,
    )
}

proptest! {
    #[test]
    fn no_history_leaves_a_final_state_or_runs_without_supervisors(steps in steps()) {
        let mut placement = placement(PlacementState::Proposed);
        let mut changes = 0;
        for (action, by) in steps {
            let before = placement.state().name();
            let Ok((after, event)) = take(action, placement.clone(), by) else { continue };
            changes += 1;
            prop_assert!(!before.is_final() || after.state() == placement.state());
            prop_assert!(before.actions().contains(&action));
            prop_assert_eq!((event.from, event.to), (Some(before), after.state().name()));
            prop_assert_eq!(event.version, after.version());
            placement = after;
            prop_assert_eq!(placement.version().number(), 4 + changes);
            prop_assert_eq!(placement.active_since().is_some(), begun(placement.state()));
            prop_assert!(placement.effective_end() <= placement.period().end());
            let people = [Some(placement.student_id()), placement.industrial_supervisor(), placement.university_supervisor()];
            if placement.state().name().is_running() {
                prop_assert!(people.iter().all(Option::is_some));
            }
            prop_assert!(people[0] != people[1] && people[1] != people[2] && people[0] != people[2]);
        }
    }

    #[test]
    fn an_action_that_is_refused_is_refused_again(steps in steps()) {
        let mut placement = placement(PlacementState::Proposed);
        for (action, by) in steps {
            match take(action, placement.clone(), by) {
                Ok((after, _)) => placement = after,
                Err(refusal) => prop_assert_eq!(take(action, placement.clone(), by).unwrap_err(), refusal),
            }
        }
    }
}

fn begun(state: &PlacementState) -> bool {
    match state {
        PlacementState::Active { .. }
        | PlacementState::Suspended { .. }
        | PlacementState::Completed { .. }
        | PlacementState::Terminated { .. } => true,
        PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => false,
    }
}
