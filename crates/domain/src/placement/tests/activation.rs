use super::world::*;
use crate::placement::{
    delegation::Part,
    placement::{Placement, PlacementParts},
    state::{PlacementState, PlacementStateName},
};

fn event_id() -> crate::id::EventId {
    crate::id::EventId::new(uuid::Uuid::from_u128(7))
}

fn approved_without_university_supervisor() -> Placement {
    let parts = PlacementParts {
        university_supervisor: None,
        ..parts(PlacementState::Approved)
    };
    Placement::from_parts(parts).unwrap()
}

#[test]
fn an_approved_placement_begins_by_itself_on_its_first_day() {
    let approved = placement(PlacementState::Approved);
    assert!(!approved.is_due_on(day(7, 5)));
    let (waiting, event) = approved.activate_when_due(day(7, 5), noon(day(7, 5)), event_id());
    assert_eq!(
        (waiting.state().name(), event),
        (PlacementStateName::Approved, None)
    );
    let (active, event) = waiting.activate_when_due(day(7, 6), noon(day(7, 6)), event_id());
    assert_eq!(*active.state(), PlacementState::Active { since: day(7, 6) });
    let event = event.unwrap();
    assert_eq!(
        (event.name(), event.by, event.version),
        ("placement.activated", None, active.version())
    );
}

#[test]
fn a_placement_without_a_supervisor_does_not_begin_until_it_has_one() {
    // Row 36.
    let waiting = approved_without_university_supervisor();
    let (waiting, event) = waiting.activate_when_due(day(7, 6), noon(day(7, 6)), event_id());
    assert_eq!(event, None);
    let (complete, _) = World::new()
        .assign(waiting, Part::Academic, UNIVERSITY, None)
        .unwrap();
    let (active, _) = complete.activate_when_due(day(7, 20), noon(day(7, 20)), event_id());
    assert_eq!(active.active_since(), Some(day(7, 20)));
}

#[test]
fn a_placement_recorded_after_its_start_begins_at_once() {
    let coordinator = actor(COORDINATOR);
    let recorded = placement(PlacementState::Proposed);
    let (approved, _) = recorded
        .approve(&acting(&coordinator, day(8, 3)), &World::new().setting())
        .unwrap();
    let (active, _) = approved.activate_when_due(day(8, 3), noon(day(8, 3)), event_id());
    assert_eq!(active.active_since(), Some(day(8, 3)));
}

#[test]
fn nothing_but_an_approved_placement_begins_by_itself() {
    for (state, placement) in in_every_state() {
        assert_eq!(
            placement.is_due_on(day(7, 20)),
            state == PlacementStateName::Approved,
            "{state}"
        );
    }
}

#[test]
fn an_operator_in_a_hurry_is_told_what_is_missing() {
    let coordinator = actor(COORDINATOR);
    let early = PlacementParts {
        industrial_supervisor: None,
        university_supervisor: None,
        ..parts(PlacementState::Approved)
    };
    let refused = Placement::from_parts(early)
        .unwrap()
        .activate(&acting(&coordinator, day(7, 5)));
    assert_eq!(
        codes(&refused),
        [
            "supervisor_required",
            "supervisor_required",
            "placement_not_started"
        ]
    );
}

#[test]
fn an_operator_in_a_hurry_does_not_wait_for_the_rules() {
    let coordinator = actor(COORDINATOR);
    let approved = placement(PlacementState::Approved);
    let (active, event) = approved.activate(&acting(&coordinator, day(7, 6))).unwrap();
    assert_eq!(active.active_since(), Some(day(7, 6)));
    assert_eq!(event.by, Some(user(COORDINATOR)));
    assert_eq!(
        codes(&active.activate(&acting(&coordinator, day(7, 6)))),
        ["invalid_transition"]
    );
}

#[test]
fn a_suspension_needs_a_reason_and_keeps_the_day_on_which_the_placement_became_active() {
    let coordinator = actor(COORDINATOR);
    let refused = active().suspend(None, &acting(&coordinator, day(7, 20)));
    assert_eq!(codes(&refused), ["comments_required"]);
    let (suspended, event) = active()
        .suspend(remark("a strike"), &acting(&coordinator, day(7, 20)))
        .unwrap();
    assert_eq!(suspended.active_since(), Some(day(7, 6)));
    assert_eq!(
        (event.name(), event.reason),
        ("placement.suspended", remark("a strike"))
    );
    let (resumed, event) = suspended.resume(None, &acting(&coordinator, day(8, 3))).unwrap();
    assert_eq!(*resumed.state(), PlacementState::Active { since: day(7, 6) });
    assert_eq!(event.name(), "placement.resumed");
}
