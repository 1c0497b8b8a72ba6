//! Lists of entries in pages: by any order, and pages neither repeat nor skip.

use std::{cmp::Ordering, collections::BTreeSet};

use chrono::Datelike as _;
use ipt_domain::{
    id::LogEntryId,
    identity::role::Role,
    logbook::{entry::LogEntry, transition::StepKind},
};
use ipt_ports::{
    logbook::{LogFilter, LogSort, Onlooker},
    page::{Direction, PageRequest, Position},
};

use crate::support::{
    log_lists::{all, coordinated, every_page, ordered, request, seen_by},
    on_every_database,
    seeds::july,
    world::{TEXT, noon, report, step},
};

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

on_every_database! {
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
}
