use super::world::*;
use crate::{
    placement::{
        action::PlacementAction, authority::Acting, refusal::PlacementRefusal, state::PlacementStateName,
    },
    version::Version,
};

/// An approval of P, which is active: of a stale version, unless `seen` is the current one.
fn approve(by: u128, seen: u32) -> PlacementRefusal {
    let actor = actor(by);
    let world = World {
        organisation_verified: false,
        ..World::new()
    };
    let acting = Acting {
        seen: Some(Version::new(seen)),
        ..acting(&actor, day(8, 3))
    };
    active().approve(&acting, &world.setting()).unwrap_err()
}

#[test]
fn the_wrong_person_is_told_first_then_the_stale_version_then_the_state() {
    // Row 44.
    assert_eq!(approve(SOMEBODY, 3).code(), "forbidden");
    assert_eq!(approve(COORDINATOR, 3).code(), "stale_version");
    assert_eq!(approve(COORDINATOR, 4).code(), "invalid_transition");
}

#[test]
fn a_refusal_of_the_state_names_it_the_action_and_what_is_open_to_this_person() {
    let expected = PlacementRefusal::InvalidTransition {
        state: PlacementStateName::Active,
        action: PlacementAction::Approve,
        allowed: vec![
            PlacementAction::Suspend,
            PlacementAction::Complete,
            PlacementAction::Terminate,
            PlacementAction::Amend,
            PlacementAction::AssignSupervisor,
            PlacementAction::AppointDelegate,
            PlacementAction::DismissDelegate,
        ],
    };
    assert_eq!(approve(COORDINATOR, 4), expected);
}

#[test]
fn the_current_version_is_not_stale() {
    let actor = actor(COORDINATOR);
    let acting = Acting {
        seen: Some(Version::new(4)),
        ..acting(&actor, day(8, 3))
    };
    let (suspended, _) = active().suspend(remark("a strike"), &acting).unwrap();
    assert_eq!(suspended.version(), Version::new(5));
}

#[test]
fn a_coordinator_of_another_institution_may_nothing() {
    use crate::{
        actor::Actor,
        identity::permission::{Permission, PermissionSet},
    };
    let elsewhere = crate::id::TenantId::new(uuid::Uuid::from_u128(901));
    let grants = vec![(elsewhere, PermissionSet::of(&[Permission::PlacementCoordinate]))];
    let stranger = Actor::new(user(COORDINATOR), Some(elsewhere), grants, PermissionSet::EMPTY);
    assert!(active().allowed_actions(&stranger).is_empty());
    assert_eq!(
        codes(&active().suspend(remark("why"), &acting(&stranger, day(8, 3)))),
        ["forbidden"]
    );
}
