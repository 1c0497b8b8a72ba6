//! Placements: what is stored comes back, and each person sees what concerns them.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{PlacementId, UserId},
    identity::role::Role,
    logbook::{hours::Minutes, state::StateName, transition::StepKind},
    placement::{
        delegation::Part,
        period::Period,
        placement::{Placement, PlacementParts},
        state::{PlacementState, PlacementStateName},
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    logbook::Onlooker,
    page::{Direction, PageRequest, Sort},
    placement::{PlacementFilter, PlacementSort},
};

use crate::support::{
    Fixture, on_every_database,
    rows::Cell,
    seeds::july,
    world::{World, noon, step},
};

const WORKER: Scope = Scope::System(SystemScope::Worker);

fn page<F>(field: F, direction: Direction) -> PageRequest<F> {
    PageRequest {
        limit: 2,
        after: None,
        sort: vec![Sort { field, direction }],
    }
}

fn remark(text: &str) -> Remark {
    Remark::parse(Some(text)).unwrap().unwrap()
}

/// A coordinator of the world, looking at everything.
fn everything(world: &World) -> PlacementFilter {
    PlacementFilter {
        onlooker: Onlooker {
            user_id: world.coordinator,
            coordinates: vec![world.tenant],
            now: noon(7),
        },
        states: Vec::new(),
        student_id: None,
        organisation_id: None,
        programme_id: None,
        supervisor_id: None,
    }
}

/// The same, by somebody without a role in the institution.
fn as_person(world: &World, user_id: UserId) -> PlacementFilter {
    PlacementFilter {
        onlooker: Onlooker {
            user_id,
            coordinates: Vec::new(),
            now: noon(7),
        },
        ..everything(world)
    }
}

async fn seen(fixture: &Fixture, world: &World, filter: &PlacementFilter) -> BTreeSet<PlacementId> {
    let mut reader = fixture.read(world.scope()).await;
    let all = PageRequest {
        limit: 100,
        ..page(PlacementSort::StartDate, Direction::Ascending)
    };
    let found = reader.placement().placement_page(filter, &all).await.unwrap();
    let counted = reader.placement().placement_count(filter).await.unwrap();
    assert_eq!(counted, u64::try_from(found.items.len()).unwrap());
    found.items.iter().map(|view| view.placement.id()).collect()
}

on_every_database! {
    async fn a_placement_comes_back_from_every_state(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let states = [
            PlacementState::Proposed,
            PlacementState::ChangesRequested { reason: remark("The dates overlap.") },
            PlacementState::Approved,
            PlacementState::Active { since: july(6) },
            PlacementState::Suspended { active_since: july(6), since: july(9), reason: remark("Illness.") },
            PlacementState::Completed { active_since: july(6), on: july(31) },
            PlacementState::Terminated { active_since: None, effective: july(9), reason: remark("Bankrupt.") },
            PlacementState::Cancelled { reason: None },
            PlacementState::Withdrawn { reason: Some(remark("Found another.")) },
        ];
        for state in states {
            let student = fixture.member(world.tenant, &format!("Student {}", state.name()), &[Role::Student]).await;
            let placement = Placement::from_parts(PlacementParts {
                state,
                continues: Some(world.placement),
                relationship_declared: Some(remark("The owner's nephew.")),
                ..world.parts(fixture.id(), student)
            })
            .unwrap();
            fixture.place(&world, placement.clone()).await.unwrap();
            let view = fixture.read(world.scope()).await.placement().placement(placement.id()).await.unwrap().unwrap();
            assert_eq!(view.placement, placement);
            assert_eq!(view.industrial_supervisor_name.as_deref(), Some("Baraka udsm"));
            assert_eq!(view.organisation_name, "Maji Works");
            assert_eq!(view.programme_name, "Practical Training IPT");
        }
        let suspended = PlacementFilter { states: vec![PlacementStateName::Suspended], ..everything(&world) };
        assert_eq!(seen(fixture, &world, &suspended).await.len(), 1);
    }

    async fn a_placement_is_seen_by_its_people_and_by_coordinators(fixture: &SqlFixture) {
        let world = fixture.world("udsm").await;
        let (other_student, other) = fixture.another_student(&world, "Eliud").await;
        let both = BTreeSet::from([world.placement, other]);
        let delegate = fixture.member(world.tenant, "Fatma", &[Role::IndustrialSupervisor]).await;
        fixture.put("delegation", &[
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("placement_id", Cell::Id(other.uuid())),
            ("part", Cell::Text("industrial")),
            ("delegate_id", Cell::Id(delegate.uuid())),
            ("starts_on", Cell::Date(july(7))),
            ("ends_on", Cell::Date(july(8))),
            ("appointed_by_id", Cell::Id(world.industrial.uuid())),
            ("created_at", Cell::Instant(noon(6))),
        ]).await;
        assert_eq!(seen(fixture, &world, &everything(&world)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.industrial)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.university)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.student)).await, BTreeSet::from([world.placement]));
        assert_eq!(seen(fixture, &world, &as_person(&world, delegate)).await, BTreeSet::from([other]));
        let mut later = as_person(&world, delegate);
        // The delegate's last day is over at the workplace, though not yet in UTC.
        later.onlooker.now = "2026-07-08T21:00:00Z".parse().unwrap();
        assert_eq!(seen(fixture, &world, &later).await, BTreeSet::new());
        assert_eq!(seen(fixture, &world, &as_person(&world, world.coordinator)).await, BTreeSet::new());
        let of_other = PlacementFilter { student_id: Some(other_student), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &of_other).await, BTreeSet::from([other]));
        let supervised = PlacementFilter { supervisor_id: Some(world.university), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &supervised).await, both);
        let elsewhere = PlacementFilter { organisation_id: Some(fixture.id()), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &elsewhere).await, BTreeSet::new());
    }

    async fn the_case_of_a_placement_has_all_that_a_decision_needs(fixture: &SqlFixture) {
        let world = fixture.world("udsm").await;
        fixture.put("delegation", &[
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("placement_id", Cell::Id(world.placement.uuid())),
            ("part", Cell::Text("academic")),
            ("delegate_id", Cell::Id(world.coordinator.uuid())),
            ("starts_on", Cell::Date(july(7))),
            ("ends_on", Cell::Date(july(8))),
            ("appointed_by_id", Cell::Id(world.university.uuid())),
            ("created_at", Cell::Instant(noon(6))),
        ]).await;
        fixture.put("tenant_holiday", &[
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("date", Cell::Date(july(7))),
        ]).await;
        let mut reader = fixture.read(world.scope()).await;
        let found = reader.placement().placement_case(world.placement).await.unwrap().unwrap();
        assert!(found.organisation_verified);
        assert_eq!(found.programme.id(), world.programme);
        assert_eq!(found.case.student_name, "Asha udsm");
        assert!(found.case.institution.holidays().contains(&july(7)));
        assert!(found.case.workplace.calendar().holidays().contains(&july(7)));
        let [delegation] = found.case.delegations.as_slice() else { panic!("one delegate is there") };
        assert_eq!((delegation.part(), delegation.delegate()), (Part::Academic, world.coordinator));
        assert_eq!((delegation.from(), delegation.to()), (july(7), july(8)));
        assert!(reader.placement().placement_case(fixture.id()).await.unwrap().is_none());
    }

    async fn a_placement_changed_from_an_old_version_is_stale(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let changed = |version: Version| {
            let parts = PlacementParts { version, site_id: None, ..world.parts(world.placement, world.student) };
            fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
        };
        fixture.store(&world, &changed(Version::new(2))).await.unwrap();
        let outcome = fixture.store(&world, &changed(Version::new(2))).await;
        assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
    }

    async fn the_neighbours_of_a_placement_are_cut_where_they_end(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let states = [
            PlacementState::Terminated { active_since: Some(july(6)), effective: july(20), reason: remark("Fire.") },
            PlacementState::Cancelled { reason: None },
        ];
        for state in states {
            let parts = PlacementParts { state, ..world.parts(fixture.id(), world.student) };
            fixture.place(&world, Placement::from_parts(parts).unwrap()).await.unwrap();
        }
        let mut reader = fixture.read(world.scope()).await;
        let beside = reader.placement().neighbours(world.tenant, world.student).await.unwrap();
        let days: Vec<_> = beside.iter().map(|neighbour| (neighbour.state, neighbour.period.end())).collect();
        let end = "2026-09-25".parse().unwrap();
        assert_eq!(days, [(PlacementStateName::Active, end), (PlacementStateName::Terminated, july(20))]);
    }

    async fn the_days_of_a_placement_and_of_what_it_continues_are_told(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let second = Placement::from_parts(PlacementParts {
            continues: Some(world.placement),
            ..world.parts(fixture.id(), world.student)
        })
        .unwrap();
        let second_id = second.id();
        fixture.place(&world, second).await.unwrap();
        let first_day = fixture.submitted(&world, 7).await;
        let industrial = (world.industrial, Role::IndustrialSupervisor);
        let approve = StepKind::Approve { skills: Vec::new(), hours_confirmed: Some(6.5) };
        fixture.take(&world, first_day.id(), industrial, step(approve, Some("Left early.")), noon(8)).await;
        fixture.drafted(&world, 9, "not told yet").await;
        let whose = (world.student, second_id);
        let report = crate::support::world::report(crate::support::world::TEXT);
        fixture.submit_report(&world, whose, july(10), report, noon(10)).await.unwrap();

        let mut reader = fixture.read(world.scope()).await;
        // Industry's three working days from the 10th end on the 15th.
        let days = reader.placement().days_of_chain(second_id, noon(16)).await.unwrap();
        let told: Vec<_> = days
            .iter()
            .map(|(placement, day)| (*placement, day.day.date, day.day.minutes, day.state, day.overdue))
            .collect();
        assert_eq!(told, [
            (world.placement, july(7), Minutes::new(390), StateName::IndustryVerified, false),
            (second_id, july(10), Minutes::from_hours(8), StateName::Submitted, true),
        ]);
        let of_first = reader.placement().days_of_chain(world.placement, noon(10)).await.unwrap();
        assert_eq!(of_first.len(), 1);
        let outside = reader.placement().entry_days_outside(world.placement, july(8), july(8)).await.unwrap();
        assert_eq!(outside, [july(7), july(9)]);
    }

    async fn placements_that_wait_for_their_first_day_are_found(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut waiting = Vec::new();
        for (supervised, start) in [(true, july(8)), (true, july(9)), (false, july(8)), (true, july(20))] {
            let student = fixture.member(world.tenant, &format!("S {supervised} {start}"), &[Role::Student]).await;
            let parts = PlacementParts {
                state: PlacementState::Approved,
                period: Period::new(start, "2026-09-25".parse().unwrap()).unwrap(),
                university_supervisor: supervised.then_some(world.university),
                ..world.parts(fixture.id(), student)
            };
            waiting.push(parts.id);
            fixture.place(&world, Placement::from_parts(parts).unwrap()).await.unwrap();
        }
        let mut reader = fixture.read(WORKER).await;
        assert_eq!(reader.placement().to_activate(july(9), 10).await.unwrap(), waiting[..2]);
        assert_eq!(reader.placement().to_activate(july(9), 1).await.unwrap(), waiting[..1]);
    }
}
