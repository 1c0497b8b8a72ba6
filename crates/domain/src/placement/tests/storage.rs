use super::world::*;
use crate::placement::{
    placement::{Placement, PlacementParts},
    state::PlacementState,
};

#[test]
fn a_placement_is_rebuilt_from_its_parts() {
    for (state, placement) in in_every_state() {
        assert_eq!(placement.state().name(), state);
        assert_eq!(placement.period(), period((7, 6), (9, 25)));
        assert_eq!(
            (placement.tenant_id(), placement.student_id()),
            (tenant(), user(STUDENT))
        );
    }
}

#[test]
fn parts_that_contradict_each_other_are_told_as_damage_of_their_column() {
    let since = day(7, 6);
    let reason = remark("a strike").unwrap();
    let active = || parts(PlacementState::Active { since });
    let own = |parts: PlacementParts| (parts.clone(), parts.id);
    let suspended = PlacementState::Suspended {
        active_since: since,
        since: day(7, 5),
        reason,
    };
    let table = [
        (
            PlacementParts {
                industrial_supervisor: Some(user(STUDENT)),
                ..active()
            },
            "industrial_supervisor_id",
        ),
        (
            PlacementParts {
                university_supervisor: Some(user(STUDENT)),
                ..active()
            },
            "university_supervisor_id",
        ),
        (
            PlacementParts {
                university_supervisor: Some(user(INDUSTRIAL)),
                ..active()
            },
            "university_supervisor_id",
        ),
        (
            PlacementParts {
                continues: Some(placement_id(100)),
                ..active()
            },
            "continues_id",
        ),
        (
            PlacementParts {
                industrial_supervisor: None,
                ..active()
            },
            "state",
        ),
        (parts(suspended), "suspended_since"),
        (
            parts(PlacementState::Completed {
                active_since: since,
                on: day(7, 5),
            }),
            "completed_on",
        ),
    ];
    for (damaged, column) in table {
        let (damaged, id) = own(damaged);
        let corruption = Placement::from_parts(damaged).unwrap_err();
        assert_eq!(
            (corruption.table, corruption.column, corruption.id),
            ("placement", column, id.uuid())
        );
    }
}
