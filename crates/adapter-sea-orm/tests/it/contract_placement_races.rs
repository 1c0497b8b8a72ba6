//! A placement that ends, or changes its days, while an entry of it is on its way: each is decided on what the other has
//! made.

use std::time::{Duration, Instant};

use ipt_domain::{
    identity::role::Role,
    logbook::{
        circumstances::{Acting, Surroundings},
        decision::Decision,
        review::Way,
        transition::StepKind,
    },
    placement::{
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{Database as _, RepositoryError, placement::PlacementChange};
use sqlx::{Connection as _, PgConnection};
use tokio::task::JoinHandle;

use crate::support::{
    Fixture, on_every_database,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

/// The world's placement at a second version, terminated.
fn ended(fixture: &Fixture, world: &World) -> PlacementChange {
    let state = PlacementState::Terminated {
        active_since: Some(july(6)),
        effective: july(7),
        reason: Remark::parse(Some("The workshop burnt down.")).unwrap().unwrap(),
    };
    let parts = PlacementParts {
        state,
        version: Version::new(2),
        ..world.parts(world.placement, world.student)
    };
    fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
}

/// A first submission of a day, decided on what is stored, and not stored itself.
async fn on_its_way(fixture: &Fixture, world: &World, day: u32) -> Decision {
    let mut unit = fixture.begin(world.scope()).await;
    let whose = (world.student, world.placement);
    fixture
        .decide_submission(unit.as_mut(), world, whose, july(day), &report(TEXT), noon(day))
        .await
}

/// Returns when a transaction waits for another, or the work that was to wait is done without having waited.
async fn until_one_waits<T>(fixture: &Fixture, work: &JoinHandle<T>) {
    let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
    let patience = Instant::now() + Duration::from_secs(30);
    while Instant::now() < patience && !work.is_finished() {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        if waiting > 0 {
            return;
        }
    }
}

on_every_database! {
    async fn an_entry_that_was_decided_on_an_earlier_version_of_its_placement_is_stale(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let submitted = fixture.submitted(&world, 7).await;
        let draft = fixture.drafted(&world, 8, "A beginning").await;
        let (stored, case) = fixture.stored(&world, draft.id()).await;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting { actor: &actor, way: Way::Single, seen: None };
        let around = Surroundings::default();
        let handed_in = stored.submit(&report(TEXT), acting, &case.at(noon(8)), &around, fixture.fresh()).unwrap();
        let new = on_its_way(fixture, &world, 9).await;
        fixture.store(&world, &ended(fixture, &world)).await.unwrap();
        for decision in [new, handed_in] {
            let outcome = fixture.save(&world, &decision).await;
            assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
        }
        // What was handed in before is reviewed all the same.
        let approve = step(StepKind::Approve { skills: Vec::new(), hours_confirmed: None }, None);
        fixture.take(&world, submitted.id(), (world.industrial, Role::IndustrialSupervisor), approve, noon(9)).await;
    }

    async fn a_placement_that_was_changed_cannot_be_held_as_it_was(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let before = Placement::from_parts(world.parts(world.placement, world.student)).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        unit.placement().hold_placement(&before).await.unwrap();
        drop(unit);
        fixture.store(&world, &ended(fixture, &world)).await.unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let outcome = unit.placement().hold_placement(&before).await;
        assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_a_placement_has_waited_for_the_entries_on_their_way() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            let decision = on_its_way(&fixture, &world, 7).await;
            let trail = fixture.transition_trail(world.tenant, "logbook.submit");
            let mut submitting = fixture.begin(world.scope()).await;
            submitting.logbook().save(&decision, &[], &trail).await.unwrap();

            let placement = Placement::from_parts(world.parts(world.placement, world.student)).unwrap();
            let (database, scope) = (fixture.database.clone(), world.scope());
            let completing = tokio::spawn(async move {
                let mut unit = database.begin(scope).await.unwrap();
                unit.placement().hold_placement(&placement).await.unwrap();
                unit.placement()
                    .days_of_chain(placement.id(), noon(8))
                    .await
                    .unwrap()
            });
            until_one_waits(&fixture, &completing).await;
            submitting.commit().await.unwrap();
            assert_eq!(
                completing.await.unwrap().len(),
                1,
                "the entry is seen by who completes"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_waits_for_the_change_of_its_placement_and_is_stale_then() {
    Fixture::postgres()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let world = fixture.world("udsm").await;
            let decision = on_its_way(&fixture, &world, 7).await;
            let mut ending = fixture.begin(world.scope()).await;
            let trail = fixture.trail(Some(world.tenant), "placement.terminate");
            let change = ended(&fixture, &world);
            ending.placement().save_placement(&change, &trail).await.unwrap();

            let trail = fixture.transition_trail(world.tenant, "logbook.submit");
            let (database, scope) = (fixture.database.clone(), world.scope());
            let submitting = tokio::spawn(async move {
                let mut unit = database.begin(scope).await?;
                unit.logbook().save(&decision, &[], &trail).await?;
                unit.commit().await
            });
            until_one_waits(&fixture, &submitting).await;
            ending.commit().await.unwrap();
            let outcome = submitting.await.unwrap();
            assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
        })
        .await;
}
