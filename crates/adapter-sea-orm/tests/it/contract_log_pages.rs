//! Lists of entries: each person sees what concerns them, and pages neither repeat nor skip.

use std::{cmp::Ordering, collections::BTreeSet};

use chrono::Datelike as _;
use ipt_domain::{
    id::{LogEntryId, UserId},
    identity::role::Role,
    logbook::{entry::LogEntry, state::StateName, transition::StepKind},
    placement::{
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    Scope,
    logbook::{LogFilter, LogSort, Onlooker},
    page::{Direction, PageRequest, Position, Sort},
};

use crate::support::{
    Fixture, on_every_database,
    rows::Cell,
    seeds::july,
    world::{TEXT, World, noon, report, step},
};

/// Everything that a person sees at noon of 10 July.
fn seen_by(user_id: UserId) -> LogFilter {
    LogFilter {
        onlooker: Onlooker {
            user_id,
            coordinates: Vec::new(),
            now: noon(10),
        },
        states: Vec::new(),
        placement_id: None,
        student_id: None,
        from: None,
        to: None,
        overdue: None,
        flagged: None,
        awaiting_onlooker: false,
        text: None,
    }
}

/// Everything that the coordinator sees.
fn coordinated(world: &World) -> LogFilter {
    let coordinates = vec![world.tenant];
    let filter = seen_by(world.coordinator);
    LogFilter {
        onlooker: Onlooker {
            coordinates,
            ..filter.onlooker
        },
        ..filter
    }
}

fn awaiting(filter: LogFilter) -> LogFilter {
    LogFilter {
        awaiting_onlooker: true,
        ..filter
    }
}

fn request(field: LogSort, direction: Direction) -> PageRequest<LogSort> {
    ordered(&[(field, direction)])
}

fn ordered(by: &[(LogSort, Direction)]) -> PageRequest<LogSort> {
    let sort = by.iter().map(|(field, direction)| Sort {
        field: *field,
        direction: *direction,
    });
    PageRequest {
        limit: 2,
        after: None,
        sort: sort.collect(),
    }
}

/// The ids of a whole list, read in pages of two; the count must agree.
async fn all(
    fixture: &Fixture,
    scope: &Scope,
    filter: &LogFilter,
    sort: (LogSort, Direction),
) -> Vec<LogEntryId> {
    every_page(fixture, scope, filter, request(sort.0, sort.1)).await
}

async fn every_page(
    fixture: &Fixture,
    scope: &Scope,
    filter: &LogFilter,
    mut page: PageRequest<LogSort>,
) -> Vec<LogEntryId> {
    let mut reader = fixture.read(scope.clone()).await;
    let mut ids = Vec::new();
    loop {
        let found = reader.logbook().log_page(filter, &page).await.unwrap();
        assert!(
            found
                .items
                .iter()
                .all(|(entry, case)| entry.placement_id() == case.placement.id())
        );
        ids.extend(found.items.iter().map(|(entry, _)| entry.id()));
        let Some(next) = found.next else { break };
        page.after = Some(next);
    }
    let counted = reader.logbook().log_count(filter).await.unwrap();
    assert_eq!(counted, u64::try_from(ids.len()).unwrap());
    ids
}

const UP: Direction = Direction::Ascending;
const DOWN: Direction = Direction::Descending;

fn pairs_of_fields() -> impl Iterator<Item = (LogSort, LogSort)> {
    let fields = [
        LogSort::LogDate,
        LogSort::CreatedAt,
        LogSort::UpdatedAt,
        LogSort::DueAt,
    ];
    fields
        .into_iter()
        .flat_map(move |first| fields.map(|second| (first, second)))
        .filter(|(first, second)| first != second)
}

/// The ids of entries in an order: those without a value last, and at last by id, the same way as by the last field.
fn in_order(entries: &[LogEntry], order: &[(LogSort, Direction)]) -> Vec<LogEntryId> {
    let value = |entry: &LogEntry, field| match field {
        LogSort::LogDate => Some(noon(entry.log_date().day())),
        LogSort::CreatedAt => Some(entry.created_at()),
        LogSort::UpdatedAt => Some(entry.updated_at()),
        LogSort::DueAt => entry.state().due().map(|due| due.at),
    };
    let turned = |direction, ordering: Ordering| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let mut sorted: Vec<&LogEntry> = entries.iter().collect();
    sorted.sort_by(|one, other| {
        let by_fields =
            order.iter().map(
                |(field, direction)| match (value(one, *field), value(other, *field)) {
                    (Some(one), Some(other)) => turned(*direction, one.cmp(&other)),
                    (one, other) => one.is_none().cmp(&other.is_none()),
                },
            );
        let by_id = turned(order.last().unwrap().1, one.id().cmp(&other.id()));
        by_fields.chain([by_id]).fold(Ordering::Equal, Ordering::then)
    });
    sorted.into_iter().map(LogEntry::id).collect()
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

    async fn lists_run_by_each_field_in_both_directions(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut ids = Vec::new();
        for day in [9, 7, 8] {
            ids.push(fixture.submitted(&world, day).await.id());
        }
        let [ninth, seventh, eighth] = ids[..] else { panic!("three entries") };
        // Without a due date, and changed last.
        fixture.take(&world, seventh, (world.coordinator, Role::Coordinator), step(StepKind::Void, Some("No.")), noon(10)).await;
        let drafted = fixture.drafted(&world, 10, "A beginning").await.id();
        let filter = seen_by(world.student);
        let list = async |field, direction| all(fixture, &world.scope(), &filter, (field, direction)).await;
        let (up, down) = (Direction::Ascending, Direction::Descending);
        assert_eq!(list(LogSort::LogDate, up).await, [seventh, eighth, ninth, drafted]);
        assert_eq!(list(LogSort::LogDate, down).await, [drafted, ninth, eighth, seventh]);
        assert_eq!(list(LogSort::CreatedAt, up).await, [seventh, eighth, ninth, drafted]);
        assert_eq!(list(LogSort::UpdatedAt, up).await, [eighth, ninth, seventh, drafted]);
        assert_eq!(list(LogSort::UpdatedAt, down).await, [drafted, seventh, ninth, eighth]);
        // Those without a due date come last in both directions; ids break the tie, the same way.
        assert_eq!(list(LogSort::DueAt, up).await, [eighth, ninth, seventh, drafted]);
        assert_eq!(list(LogSort::DueAt, down).await, [ninth, eighth, drafted, seventh]);
    }

    async fn lists_run_by_several_fields_each_in_its_own_direction(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let (student, placement) = fixture.another_student(&world, "Eliud").await;
        for (day, at) in [(7, 9), (8, 8), (9, 9)] {
            fixture.submit_report(&world, (student, placement), july(day), report(TEXT), noon(at)).await.unwrap();
        }
        for day in [7, 8] {
            fixture.submitted(&world, day).await;
        }
        // Three without a due date.
        fixture.drafted(&world, 9, "A beginning").await;
        for day in [6, 10] {
            let id = fixture.submitted(&world, day).await.id();
            let coordinator = (world.coordinator, Role::Coordinator);
            fixture.take(&world, id, coordinator, step(StepKind::Void, Some("No.")), noon(10)).await;
        }
        let filter = coordinated(&world);
        let drafts = LogFilter { onlooker: Onlooker { user_id: world.student, ..filter.onlooker.clone() }, ..filter };
        let mut reader = fixture.read(world.scope()).await;
        let whole = PageRequest { limit: 100, ..request(LogSort::LogDate, Direction::Ascending) };
        let entries: Vec<LogEntry> =
            reader.logbook().log_page(&drafts, &whole).await.unwrap().items.into_iter().map(|(entry, _)| entry).collect();
        drop(reader);
        assert_eq!(entries.len(), 8);
        for (first, second) in pairs_of_fields() {
            for directions in [(UP, UP), (UP, DOWN), (DOWN, UP), (DOWN, DOWN)] {
                let order = [(first, directions.0), (second, directions.1)];
                let read = every_page(fixture, &world.scope(), &drafts, ordered(&order)).await;
                assert_eq!(read, in_order(&entries, &order), "{order:?}");
            }
        }
        let order = [(LogSort::LogDate, UP), (LogSort::DueAt, DOWN), (LogSort::CreatedAt, UP), (LogSort::UpdatedAt, DOWN)];
        let read = every_page(fixture, &world.scope(), &drafts, ordered(&order)).await;
        assert_eq!(read, in_order(&entries, &order));
    }

    async fn entries_made_while_a_list_is_read_repeat_and_hide_nothing(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut before = BTreeSet::new();
        for day in [7, 9, 11, 13, 15] {
            before.insert(fixture.submitted(&world, day).await.id());
        }
        let filter = coordinated(&world);
        let mut page = request(LogSort::LogDate, Direction::Descending);
        let mut read = Vec::new();
        let mut new = [(16, 10), (17, 8), (18, 6)].into_iter();
        loop {
            let mut reader = fixture.read(world.scope()).await;
            let found = reader.logbook().log_page(&filter, &page).await.unwrap();
            drop(reader);
            read.extend(found.items.iter().map(|(entry, _)| entry.id()));
            // Between two pages one entry comes in front of the place that was reached, and one behind it.
            if let Some((in_front, behind)) = new.next() {
                fixture.submitted(&world, in_front).await;
                before.insert(fixture.submitted(&world, behind).await.id());
            }
            let Some(next) = found.next else { break };
            page.after = Some(next);
        }
        let distinct: BTreeSet<_> = read.iter().copied().collect();
        assert_eq!(distinct.len(), read.len(), "an entry came twice");
        assert_eq!(distinct, before, "what lay behind the place that was reached is read, what came in front is not");
    }

    async fn a_position_of_another_list_is_refused(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut page = request(LogSort::LogDate, Direction::Ascending);
        let seventh = Some("2026-07-07".to_owned());
        for values in [vec![None], vec![Some("the seventh".to_owned())], vec![], vec![seventh.clone(), seventh]] {
            page.after = Some(Position { values, id: fixture.id() });
            let mut reader = fixture.read(world.scope()).await;
            let outcome = reader.logbook().log_page(&coordinated(&world), &page).await;
            assert!(matches!(outcome, Err(ipt_ports::RepositoryError::Backend(_))), "{outcome:?}");
        }
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
