//! Lists of entries: each person sees what concerns them, an inbox has what waits for its owner, and filters narrow both.

use std::collections::BTreeSet;

use ipt_domain::{
    id::LogEntryId,
    identity::role::Role,
    logbook::{state::StateName, transition::StepKind},
    placement::{
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    Scope,
    logbook::{LogFilter, LogSort},
    page::Direction,
};

use crate::support::{
    Fixture,
    log_lists::{all, coordinated, seen_by},
    on_every_database,
    rows::Cell,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

fn awaiting(filter: LogFilter) -> LogFilter {
    LogFilter {
        awaiting_onlooker: true,
        ..filter
    }
}

async fn set(fixture: &Fixture, world: &World, filter: &LogFilter) -> BTreeSet<LogEntryId> {
    let ids = all(
        fixture,
        &world.scope(),
        filter,
        (LogSort::LogDate, Direction::Descending),
    )
    .await;
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len(), "an entry came twice");
    distinct
}

on_every_database! {
    async fn each_person_sees_the_entries_that_concern_them(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let submitted = fixture.submitted(&world, 7).await.id();
        let recalled = fixture.submitted(&world, 8).await.id();
        fixture.take(&world, recalled, (world.student, Role::Student), step(StepKind::Recall, None), noon(8)).await;
        let drafted = fixture.drafted(&world, 9, "A beginning").await.id();
        let (other_student, other_placement) = fixture.another_student(&world, "Eliud").await;
        let whose = (other_student, other_placement);
        let other = fixture.submit_report(&world, whose, july(7), report(TEXT), noon(7)).await.unwrap().id();

        let own = BTreeSet::from([submitted, recalled, drafted]);
        let of_both = BTreeSet::from([submitted, recalled, other]);
        assert_eq!(set(fixture, &world, &seen_by(world.student)).await, own);
        assert_eq!(set(fixture, &world, &seen_by(other_student)).await, BTreeSet::from([other]));
        assert_eq!(set(fixture, &world, &seen_by(world.industrial)).await, of_both);
        assert_eq!(set(fixture, &world, &seen_by(world.university)).await, of_both);
        assert_eq!(set(fixture, &world, &coordinated(&world)).await, of_both);
        assert_eq!(set(fixture, &world, &seen_by(world.coordinator)).await, BTreeSet::new());
    }

    async fn a_coordinator_who_studies_sees_the_own_draft_besides(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let submitted = fixture.submitted(&world, 7).await.id();
        let drafted = fixture.drafted(&world, 9, "A beginning").await.id();
        let mut filter = coordinated(&world);
        filter.onlooker.user_id = world.student;
        assert_eq!(set(fixture, &world, &filter).await, BTreeSet::from([submitted, drafted]));
    }

    async fn a_delegate_sees_entries_on_the_days_of_the_delegation_alone(fixture: &SqlFixture) {
        let world = fixture.world("udsm").await;
        let id = fixture.submitted(&world, 7).await.id();
        let delegate = fixture.member(world.tenant, "Fatma", &[Role::IndustrialSupervisor]).await;
        fixture.put("delegation", &[
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("placement_id", Cell::Id(world.placement.uuid())),
            ("part", Cell::Text("industrial")),
            ("delegate_id", Cell::Id(delegate.uuid())),
            ("starts_on", Cell::Date(july(9))),
            ("ends_on", Cell::Date(july(10))),
            ("appointed_by_id", Cell::Id(world.industrial.uuid())),
            ("created_at", Cell::Instant(noon(6))),
        ]).await;
        for (now, seen) in [
            ("2026-07-08T20:59:59Z", false),
            ("2026-07-08T21:00:00Z", true),
            ("2026-07-10T20:59:59Z", true),
            ("2026-07-10T21:00:00Z", false),
        ] {
            let mut filter = awaiting(seen_by(delegate));
            filter.onlooker.now = now.parse().unwrap();
            let expected = if seen { BTreeSet::from([id]) } else { BTreeSet::new() };
            assert_eq!(set(fixture, &world, &filter).await, expected, "at {now}");
        }
    }

    async fn a_predecessor_and_a_supervisor_of_an_ended_placement_see_nothing_more(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        fixture.submitted(&world, 7).await;
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let reason = Remark::parse(Some("Bankrupt.")).unwrap().unwrap();
        let parts = PlacementParts {
            university_supervisor: Some(successor),
            state: PlacementState::Terminated { active_since: Some(july(6)), effective: july(10), reason },
            version: Version::new(2),
            ..world.parts(world.placement, world.student)
        };
        let change = fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST));
        fixture.store(&world, &change).await.unwrap();
        assert_eq!(set(fixture, &world, &seen_by(world.university)).await.len(), 0);
        assert_eq!(set(fixture, &world, &seen_by(successor)).await.len(), 1);
        let mut industrial = seen_by(world.industrial);
        industrial.onlooker.now = noon(24);
        assert_eq!(set(fixture, &world, &industrial).await.len(), 1);
        industrial.onlooker.now = noon(25);
        assert_eq!(set(fixture, &world, &industrial).await.len(), 0);
    }

    async fn an_inbox_has_what_waits_for_its_owner(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let student = (world.student, Role::Student);
        let industrial = (world.industrial, Role::IndustrialSupervisor);
        let university = (world.university, Role::UniversitySupervisor);
        let mut ids = Vec::new();
        for day in 7..=11 {
            ids.push(fixture.submitted(&world, day).await.id());
        }
        let [submitted, verified, rejected, flagged, validated] = ids[..] else { panic!("five entries") };
        let approve = || step(StepKind::Approve { skills: Vec::new(), hours_confirmed: None }, None);
        for id in [verified, flagged, validated] {
            fixture.take(&world, id, industrial, approve(), noon(12)).await;
        }
        let reject = step(StepKind::Reject { skills: Vec::new() }, Some("Which station?"));
        fixture.take(&world, rejected, industrial, reject, noon(12)).await;
        fixture.take(&world, flagged, university, step(StepKind::Flag, Some("Odd.")), noon(12)).await;
        fixture.take(&world, validated, university, step(StepKind::Validate, None), noon(12)).await;
        let drafted = fixture.drafted(&world, 13, "A beginning").await.id();

        let waits = async |filter: LogFilter| set(fixture, &world, &awaiting(filter)).await;
        assert_eq!(waits(seen_by(industrial.0)).await, BTreeSet::from([submitted]));
        assert_eq!(waits(seen_by(university.0)).await, BTreeSet::from([verified]));
        assert_eq!(waits(seen_by(student.0)).await, BTreeSet::from([rejected, drafted]));
        assert_eq!(waits(coordinated(&world)).await, BTreeSet::from([flagged]));
    }

    async fn filters_narrow_a_list(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let whose = (world.student, world.placement);
        let pumps = fixture.submit_report(&world, whose, july(7), report("PÜMPS and 100% of the valves were cleaned."), noon(7)).await.unwrap().id();
        let meters = fixture.submitted(&world, 8).await.id();
        let (other_student, other_placement) = fixture.another_student(&world, "Eliud").await;
        let whose = (other_student, other_placement);
        let other = fixture.submit_report(&world, whose, july(9), report(TEXT), noon(9)).await.unwrap().id();
        fixture.take(&world, meters, (world.coordinator, Role::Coordinator), step(StepKind::VerifyOnEvidence, Some("Seen.")), noon(9)).await;
        fixture.take(&world, meters, (world.university, Role::UniversitySupervisor), step(StepKind::Flag, Some("Odd.")), noon(9)).await;
        let void = step(StepKind::Void, Some("A double."));
        // Whoever flagged does not resolve; the coordinator may.
        fixture.take(&world, meters, (world.coordinator, Role::Coordinator), void, noon(9)).await;

        let base = coordinated(&world);
        let two = |filter: LogFilter, ids: &[LogEntryId]| (filter, ids.iter().copied().collect::<BTreeSet<_>>());
        for (filter, expected) in [
            two(LogFilter { states: vec![StateName::Voided], ..base.clone() }, &[meters]),
            two(LogFilter { states: vec![StateName::Voided, StateName::Submitted], ..base.clone() }, &[pumps, meters, other]),
            two(LogFilter { placement_id: Some(other_placement), ..base.clone() }, &[other]),
            two(LogFilter { student_id: Some(world.student), ..base.clone() }, &[pumps, meters]),
            two(LogFilter { from: Some(july(8)), ..base.clone() }, &[meters, other]),
            two(LogFilter { to: Some(july(8)), ..base.clone() }, &[pumps, meters]),
            two(LogFilter { flagged: Some(true), ..base.clone() }, &[meters]),
            two(LogFilter { flagged: Some(false), ..base.clone() }, &[pumps, other]),
            two(LogFilter { text: Some("pümps".to_owned()), ..base.clone() }, &[pumps]),
            two(LogFilter { text: Some("100%".to_owned()), ..base.clone() }, &[pumps]),
            two(LogFilter { text: Some("1_0".to_owned()), ..base.clone() }, &[]),
            two(LogFilter { text: Some("FLOW METERS".to_owned()), ..base.clone() }, &[meters, other]),
        ] {
            assert_eq!(set(fixture, &world, &filter).await, expected, "{filter:?}");
        }
    }

    async fn an_edit_in_progress_is_not_searched_by_others(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let drafted = fixture.drafted(&world, 7, "A secret beginning").await.id();
        let of_author = LogFilter { text: Some("SECRET".to_owned()), ..seen_by(world.student) };
        assert_eq!(set(fixture, &world, &of_author).await, BTreeSet::from([drafted]));
        let of_coordinator = LogFilter { text: Some("secret".to_owned()), ..coordinated(&world) };
        assert_eq!(set(fixture, &world, &of_coordinator).await, BTreeSet::new());
    }

    async fn overdue_is_what_is_due_and_not_suspended(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        // Industry has until the end of Friday the 10th.
        let id = fixture.submitted(&world, 7).await.id();
        let drafted = fixture.drafted(&world, 8, "A beginning").await.id();
        let (end, after) = ("2026-07-10T20:59:59.999999Z".parse().unwrap(), "2026-07-10T21:00:00Z".parse().unwrap());
        let overdue = |wanted, now| LogFilter { overdue: Some((wanted, now)), ..seen_by(world.student) };
        assert_eq!(set(fixture, &world, &overdue(true, end)).await, BTreeSet::new());
        assert_eq!(set(fixture, &world, &overdue(true, after)).await, BTreeSet::from([id]));
        assert_eq!(set(fixture, &world, &overdue(false, after)).await, BTreeSet::from([drafted]));
        let reason = Remark::parse(Some("Illness.")).unwrap().unwrap();
        let state = PlacementState::Suspended { active_since: july(6), since: july(9), reason };
        let parts = PlacementParts { state, version: Version::new(2), ..world.parts(world.placement, world.student) };
        let change = fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST));
        fixture.store(&world, &change).await.unwrap();
        assert_eq!(set(fixture, &world, &overdue(true, after)).await, BTreeSet::new());
        assert_eq!(set(fixture, &world, &overdue(false, after)).await, BTreeSet::from([id, drafted]));
    }

    async fn an_inbox_spans_the_institutions_of_its_owner_and_no_other(fixture: &Fixture) {
        let (here, there, elsewhere) = (fixture.world("udsm").await, fixture.world("sua").await, fixture.world("ardhi").await);
        // One supervisor for three institutions.
        let supervisor = fixture.account("Hamisi", "hamisi@example.org").await;
        let mut expected = BTreeSet::new();
        for (world, name) in [(&here, "Student A"), (&there, "Student B"), (&elsewhere, "Student C")] {
            let student = fixture.member(world.tenant, name, &[Role::Student]).await;
            let parts = PlacementParts { industrial_supervisor: Some(supervisor), ..world.parts(fixture.id(), student) };
            let placement = Placement::from_parts(parts).unwrap();
            let id = placement.id();
            fixture.place(world, placement).await.unwrap();
            let entry = fixture.submit_report(world, (student, id), july(7), report(TEXT), noon(7)).await.unwrap();
            if world.tenant != elsewhere.tenant {
                expected.insert(entry.id());
            }
        }
        let scope = Scope::Tenants(vec![here.tenant, there.tenant]);
        let sort = (LogSort::DueAt, Direction::Ascending);
        let found = all(fixture, &scope, &awaiting(seen_by(supervisor)), sort).await;
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}
