//! How a placement is brought.

use super::world::*;
use crate::placement::{
    neighbour::Neighbour,
    placement::Placement,
    policy::{Policy, PolicyDraft},
    proposal::Proposal,
    refusal::PlacementRefusal,
    state::{PlacementState, PlacementStateName},
    violation::PlacementViolation,
};

fn policy(draft: PolicyDraft) -> Policy {
    Policy::from_draft(draft).unwrap()
}

#[test]
fn a_student_brings_an_own_placement_and_one_event_tells_of_it() {
    let brought = Proposal {
        relationship_declared: remark("my aunt owns the company"),
        ..proposal(period((7, 6), (9, 25)))
    };
    let (placement, event) = World::new().propose(brought, STUDENT).unwrap();
    assert_eq!(*placement.state(), PlacementState::Proposed);
    assert_eq!(placement.version().number(), 1);
    assert_eq!(
        placement.relationship_declared().map(crate::text::Remark::as_str),
        Some("my aunt owns the company")
    );
    assert_eq!(
        (event.name(), event.from, event.to),
        ("placement.proposed", None, PlacementStateName::Proposed)
    );
    assert_eq!((event.by, event.at), (Some(user(STUDENT)), noon(day(6, 1))));
}

#[test]
fn a_coordinator_brings_a_placement_for_a_student() {
    let (placement, event) = World::new()
        .propose(proposal(period((7, 6), (9, 25))), COORDINATOR)
        .unwrap();
    assert_eq!(placement.student_id(), user(STUDENT));
    assert_eq!(event.by, Some(user(COORDINATOR)));
}

#[test]
fn a_student_brings_no_placement_for_another() {
    let refused = World::new().propose(proposal(period((7, 6), (9, 25))), SOMEBODY);
    assert_eq!(codes(&refused), ["not_your_placement"]);
}

#[test]
fn a_coordinator_who_is_the_student_brings_it_as_a_student_only() {
    use crate::identity::permission::Permission;
    let world = World::new();
    let coordinator = with_permissions(STUDENT, &[Permission::PlacementCoordinate]);
    let refused = Placement::propose(
        proposal(period((7, 6), (9, 25))),
        &acting(&coordinator, day(6, 1)),
        &world.setting(),
    );
    assert_eq!(codes(&refused), ["separation_of_duties"]);
    let both = with_permissions(
        STUDENT,
        &[Permission::PlacementCoordinate, Permission::PlacementPropose],
    );
    let (brought, _) = Placement::propose(
        proposal(period((7, 6), (9, 25))),
        &acting(&both, day(6, 1)),
        &world.setting(),
    )
    .unwrap();
    let refused = brought.approve(&acting(&both, day(6, 2)), &world.setting());
    assert_eq!(codes(&refused), ["separation_of_duties"]);
}

#[test]
fn both_ends_of_the_programmes_window_belong_to_it() {
    let world = World {
        window: period((7, 6), (9, 25)),
        ..World::new()
    };
    let table = [
        (period((7, 6), (9, 25)), Vec::new()),
        (period((7, 5), (9, 25)), vec!["outside_programme_window"]),
        (period((7, 6), (9, 26)), vec!["outside_programme_window"]),
    ];
    for (days, expected) in table {
        assert_eq!(codes(&world.propose(proposal(days), STUDENT)), expected, "{days}");
    }
}

#[test]
fn a_placement_is_as_long_as_the_policy_allows_with_both_ends_counted() {
    let world = World::new();
    let table = [
        (period((7, 6), (8, 29)), 55, Vec::new()),
        (period((7, 6), (8, 30)), 56, Vec::<PlacementViolation>::new()),
        (period((3, 1), (8, 29)), 182, Vec::new()),
        (period((3, 1), (8, 30)), 183, Vec::new()),
    ];
    for (days, length, _) in table {
        assert_eq!(days.days(), length);
        let expected: &[&str] = if (56..=182).contains(&length) {
            &[]
        } else {
            &["placement_length"]
        };
        assert_eq!(
            codes(&world.propose(proposal(days), STUDENT)),
            expected,
            "{length} days"
        );
    }
}

#[test]
fn a_continuation_is_measured_with_what_it_continues() {
    // Row 34: P2 of 54 days is allowed as a continuation of P, which was terminated, and refused without.
    let first = terminated(day(8, 14));
    let world = World::beside(&[&first]);
    let second = proposal(period((8, 17), (10, 9)));
    let alone = world.propose(second.clone(), STUDENT);
    assert_eq!(
        alone,
        Err(PlacementRefusal::Rules(vec![
            PlacementViolation::PlacementLength {
                days: 54,
                min: 56,
                max: 182
            }
        ]))
    );
    let continued = world
        .propose(
            Proposal {
                continues: Some(first.id()),
                ..second
            },
            STUDENT,
        )
        .unwrap();
    assert_eq!(continued.0.continues(), Some(first.id()));
}

#[test]
fn a_chain_of_continuations_is_not_longer_than_one_placement_may_be() {
    let neighbour = |id, from, to, continues| Neighbour {
        id: placement_id(id),
        state: PlacementStateName::Completed,
        period: period(from, to),
        continues,
    };
    let first = neighbour(1, (1, 1), (3, 31), None);
    let second = neighbour(2, (4, 1), (5, 31), Some(placement_id(1)));
    let world = World {
        neighbours: vec![first, second],
        ..World::new()
    };
    let third = |to| Proposal {
        continues: Some(placement_id(2)),
        ..proposal(period((6, 1), to))
    };
    assert_eq!(
        codes(&world.propose(third((7, 1)), STUDENT)),
        Vec::<&str>::new(),
        "90 + 61 + 31 = 182 days"
    );
    assert_eq!(
        codes(&world.propose(third((7, 2)), STUDENT)),
        ["placement_length"],
        "183 days"
    );
}

#[test]
fn only_an_earlier_placement_of_the_student_is_continued() {
    let cancelled = placement(PlacementState::Cancelled { reason: None });
    let later = active();
    let table = [
        (World::new(), "unknown"),
        (World::beside(&[&cancelled]), "cancelled"),
        (
            World {
                policy: policy(PolicyDraft {
                    parallel_placements: Some(2),
                    ..PolicyDraft::default()
                }),
                ..World::beside(&[&later])
            },
            "later",
        ),
    ];
    for (world, case) in table {
        let brought = Proposal {
            continues: Some(placement_id(100)),
            ..proposal(period((5, 1), (7, 10)))
        };
        assert_eq!(
            codes(&world.propose(brought, STUDENT)),
            ["continuation_invalid"],
            "{case}"
        );
    }
}

#[test]
fn two_placements_do_not_share_a_day() {
    // Row 35: P was terminated on 08-14, so P2 starts on 08-15 at the earliest.
    let first = terminated(day(8, 14));
    let world = World::beside(&[&first]);
    let table = [((8, 14), vec!["overlap"]), ((8, 15), Vec::new())];
    for (start, expected) in table {
        let refused = world.propose(proposal(period(start, (10, 31))), STUDENT);
        assert_eq!(codes(&refused), expected, "{start:?}");
    }
    let second = world.propose(proposal(period((8, 14), (10, 31))), STUDENT);
    let expected = PlacementViolation::Overlap {
        with: vec![first.id()],
        allowed: 1,
    };
    assert_eq!(second, Err(PlacementRefusal::Rules(vec![expected])));
}

#[test]
fn an_overlap_is_told_in_every_state_but_the_dropped_ones() {
    for (state, other) in in_every_state() {
        let world = World::beside(&[&other]);
        let refused = world.propose(proposal(period((8, 14), (10, 31))), STUDENT);
        let dropped = matches!(
            state,
            PlacementStateName::Cancelled | PlacementStateName::Withdrawn
        );
        assert_eq!(codes(&refused) == ["overlap"], !dropped, "{state}");
    }
}

#[test]
fn a_programme_that_allows_two_at_one_time_allows_no_third() {
    let two = policy(PolicyDraft {
        parallel_placements: Some(2),
        ..PolicyDraft::default()
    });
    let other = |id, from, to| Neighbour {
        id: placement_id(id),
        state: PlacementStateName::Active,
        period: period(from, to),
        continues: None,
    };
    let one_after_the_other = vec![other(1, (7, 1), (7, 31)), other(2, (8, 1), (9, 30))];
    let world = World {
        policy: two.clone(),
        neighbours: one_after_the_other,
        ..World::new()
    };
    assert_eq!(
        codes(&world.propose(proposal(period((7, 6), (9, 25))), STUDENT)),
        Vec::<&str>::new()
    );
    let at_once = vec![other(1, (7, 1), (8, 1)), other(2, (8, 1), (9, 30))];
    let world = World {
        policy: two,
        neighbours: at_once,
        ..World::new()
    };
    assert_eq!(
        codes(&world.propose(proposal(period((7, 6), (9, 25))), STUDENT)),
        ["overlap"]
    );
}

#[test]
fn everything_that_is_wrong_is_told_together() {
    let first = active();
    let world = World {
        window: period((10, 1), (10, 31)),
        industrial: None,
        ..World::beside(&[&first])
    };
    let brought = Proposal {
        industrial_supervisor: Some(user(SOMEBODY)),
        ..proposal(period((9, 25), (9, 30)))
    };
    assert_eq!(
        codes(&world.propose(brought, STUDENT)),
        [
            "outside_programme_window",
            "placement_length",
            "overlap",
            "supervisor_not_eligible"
        ]
    );
}
