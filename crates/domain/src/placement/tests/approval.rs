//! How a placement is agreed to, or sent back and brought again.

use super::world::*;
use crate::placement::{
    mode::Mode,
    policy::PolicyVersion,
    state::{PlacementState, PlacementStateName},
};

#[test]
fn an_organisation_may_be_verified_after_the_proposal_but_not_after_the_approval() {
    let world = World {
        organisation_verified: false,
        ..World::new()
    };
    let (brought, _) = world.propose(proposal(period((7, 6), (9, 25))), STUDENT).unwrap();
    let coordinator = actor(COORDINATOR);
    let refused = brought
        .clone()
        .approve(&acting(&coordinator, day(6, 2)), &world.setting());
    assert_eq!(codes(&refused), ["organisation_not_verified"]);
    let verified = World::new();
    let (approved, event) = brought
        .approve(&acting(&coordinator, day(6, 3)), &verified.setting())
        .unwrap();
    assert_eq!(*approved.state(), PlacementState::Approved);
    assert_eq!((event.name(), event.version.number()), ("placement.approved", 2));
}

#[test]
fn an_approved_placement_keeps_the_policy_under_which_it_was_approved() {
    let world = World::new();
    let (brought, _) = world.propose(proposal(period((7, 6), (9, 25))), STUDENT).unwrap();
    assert_eq!(brought.policy_version(), PolicyVersion::FIRST);
    let changed = World {
        policy_version: PolicyVersion::new(2),
        ..World::new()
    };
    let coordinator = actor(COORDINATOR);
    let (approved, _) = brought
        .approve(&acting(&coordinator, day(6, 3)), &changed.setting())
        .unwrap();
    assert_eq!(approved.policy_version(), PolicyVersion::new(2));
    let again = World {
        policy_version: PolicyVersion::new(3),
        ..World::new()
    };
    let (begun, _) = approved.activate_when_due(
        day(7, 6),
        noon(day(7, 6)),
        acting(&coordinator, day(7, 6)).event_id,
    );
    let (amended, _) = begun
        .amend(
            crate::placement::amendment::Amendment {
                mode: Some(Mode::Hybrid),
                ..Default::default()
            },
            &[],
            &acting(&coordinator, day(7, 7)),
            &again.setting(),
        )
        .unwrap();
    assert_eq!(amended.policy_version(), PolicyVersion::new(2));
}

#[test]
fn a_placement_sent_back_is_mended_and_handed_in_again() {
    let world = World::new();
    let (brought, _) = world.propose(proposal(period((7, 6), (9, 25))), STUDENT).unwrap();
    let (coordinator, student) = (actor(COORDINATOR), actor(STUDENT));
    let refused = brought
        .clone()
        .request_changes(None, &acting(&coordinator, day(6, 2)));
    assert_eq!(codes(&refused), ["comments_required"]);
    let reason = remark("name the workplace's supervisor");
    let (sent_back, event) = brought
        .request_changes(reason.clone(), &acting(&coordinator, day(6, 2)))
        .unwrap();
    assert_eq!(
        (sent_back.state().reason(), event.reason.as_ref()),
        (reason.as_ref(), reason.as_ref())
    );
    let (mended, _) = sent_back
        .assign_supervisor(
            crate::placement::delegation::Part::Industrial,
            user(INDUSTRIAL),
            None,
            &acting(&student, day(6, 3)),
            &world.setting(),
        )
        .unwrap();
    let world = World {
        policy_version: PolicyVersion::new(2),
        ..world
    };
    let (again, event) = mended
        .resubmit(&acting(&student, day(6, 3)), &world.setting())
        .unwrap();
    assert_eq!(
        again.policy_version(),
        PolicyVersion::new(2),
        "judged by the policy as it is now"
    );
    assert_eq!(*again.state(), PlacementState::Proposed);
    assert_eq!(
        (event.name(), event.from),
        (
            "placement.resubmitted",
            Some(PlacementStateName::ChangesRequested)
        )
    );
}

#[test]
fn a_placement_is_judged_again_when_it_is_handed_in_again_and_approved() {
    let world = World {
        window: period((8, 1), (12, 31)),
        ..World::new()
    };
    let coordinator = actor(COORDINATOR);
    let by = acting(&coordinator, day(6, 2));
    let sent_back = placement(PlacementState::ChangesRequested {
        reason: remark("later, please").unwrap(),
    });
    assert_eq!(
        codes(&sent_back.resubmit(&by, &world.setting())),
        ["outside_programme_window"]
    );
    let brought = placement(PlacementState::Proposed);
    assert_eq!(
        codes(&brought.approve(&by, &world.setting())),
        ["outside_programme_window"]
    );
}
