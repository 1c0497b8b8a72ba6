//! A supervisor's number of students at one time, and who places a student: never exceeded, and never both at once.

use ipt_domain::{
    id::UserId,
    identity::role::Role,
    placement::{
        period::Period,
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    version::Version,
};
use ipt_ports::{
    Constraint, Database as _, RepositoryError,
    placement::{PlacementChange, SupervisorCaps},
};

use crate::support::{Fixture, on_every_database, seeds::july, world::World};

/// Room for one student.
const ONE: SupervisorCaps = SupervisorCaps {
    industrial: 1,
    university: 1,
};

/// Whether a university supervisor can take a student when there is room for one. Nothing is stored.
async fn has_room(fixture: &Fixture, world: &World, supervisor: UserId) -> bool {
    let student = fixture
        .member(
            world.tenant,
            &format!("Student {}", fixture.id::<uuid::Uuid>()),
            &[Role::Student],
        )
        .await;
    let placement = Placement::from_parts(PlacementParts {
        industrial_supervisor: None,
        university_supervisor: Some(supervisor),
        state: PlacementState::Proposed,
        ..world.parts(fixture.id(), student)
    })
    .unwrap();
    let change = PlacementChange {
        caps: ONE,
        ..fixture.change(placement, None)
    };
    let mut unit = fixture.begin(world.scope()).await;
    match unit
        .placement()
        .save_placement(&change, &fixture.trail(Some(world.tenant), "placement.propose"))
        .await
    {
        Ok(()) => true,
        Err(RepositoryError::Conflict(Constraint::SupervisorCap)) => false,
        Err(error) => panic!("{error:?}"),
    }
}

on_every_database! {
    async fn the_tenth_place_of_a_supervisor_is_given_once(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        for number in 0..8 {
            fixture.another_student(&world, &format!("Student {number}")).await;
        }
        // Nine are placed. Two more at once, for the tenth place.
        let mut changes = Vec::new();
        for name in ["Last A", "Last B"] {
            let student = fixture.member(world.tenant, name, &[Role::Student]).await;
            let placement = Placement::from_parts(world.parts(fixture.id(), student)).unwrap();
            let trail = fixture.trail(Some(world.tenant), "placement.propose");
            changes.push((fixture.change(placement, None), trail));
        }
        let attempts = changes.into_iter().map(|(change, trail)| {
            let (database, scope) = (fixture.database.clone(), world.scope());
            tokio::spawn(async move {
                let mut unit = database.begin(scope).await?;
                unit.placement().save_placement(&change, &trail).await?;
                unit.commit().await
            })
        });
        let outcomes: Vec<_> =
            futures_util::future::join_all(attempts).await.into_iter().map(|outcome| outcome.unwrap()).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let over = |outcome: &Result<(), RepositoryError>| {
            matches!(outcome, Err(RepositoryError::Conflict(Constraint::SupervisorCap)))
        };
        assert_eq!(outcomes.iter().filter(|outcome| over(outcome)).count(), 1, "{outcomes:?}");
    }

    async fn a_student_counts_once_for_a_supervisor_and_no_longer_when_it_ends(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let second = Placement::from_parts(PlacementParts {
            continues: Some(world.placement),
            state: PlacementState::Approved,
            period: Period::new("2026-09-28".parse().unwrap(), "2026-10-09".parse().unwrap()).unwrap(),
            ..world.parts(fixture.id(), world.student)
        })
        .unwrap();
        let second_id = second.id();
        // There is room for one student, and both placements are the same one's.
        let change = PlacementChange { caps: ONE, ..fixture.change(second, None) };
        fixture.store(&world, &change).await.unwrap();
        assert!(!has_room(fixture, &world, world.university).await);
        let ended = |id, state| {
            let parts = PlacementParts { state, version: Version::new(2), ..world.parts(id, world.student) };
            fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
        };
        let completed = PlacementState::Completed { active_since: july(6), on: july(31) };
        fixture.store(&world, &ended(world.placement, completed)).await.unwrap();
        assert!(!has_room(fixture, &world, world.university).await);
        fixture.store(&world, &ended(second_id, PlacementState::Cancelled { reason: None })).await.unwrap();
        assert!(has_room(fixture, &world, world.university).await);
    }

    async fn a_replaced_supervisor_gives_the_place_to_the_successor(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let parts = PlacementParts {
            university_supervisor: Some(successor),
            version: Version::new(2),
            ..world.parts(world.placement, world.student)
        };
        let change = fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST));
        fixture.store(&world, &change).await.unwrap();
        assert!(!has_room(fixture, &world, successor).await);
        assert!(has_room(fixture, &world, world.university).await);
    }

    async fn two_who_place_one_student_go_one_after_the_other(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut first = fixture.begin(world.scope()).await;
        first.placement().hold_student(world.tenant, world.student).await.unwrap();
        let (database, scope) = (fixture.database.clone(), world.scope());
        let (tenant, student) = (world.tenant, world.student);
        let second = tokio::spawn(async move {
            let mut unit = database.begin(scope).await?;
            unit.placement().hold_student(tenant, student).await?;
            let beside = unit.placement().neighbours(tenant, student).await?;
            unit.commit().await?;
            Ok::<_, RepositoryError>(beside.len())
        });
        let placement = Placement::from_parts(world.parts(fixture.id(), world.student)).unwrap();
        let trail = fixture.trail(Some(world.tenant), "placement.propose");
        first.placement().save_placement(&fixture.change(placement, None), &trail).await.unwrap();
        assert!(!second.is_finished());
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap().unwrap(), 2);
    }
}
