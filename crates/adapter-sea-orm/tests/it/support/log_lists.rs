//! Lists of entries, as people ask for them and read them to their end.

use ipt_domain::id::{LogEntryId, UserId};
use ipt_ports::{
    Scope,
    logbook::{LogFilter, LogSort, Onlooker},
    page::{Direction, PageRequest, Sort},
};

use super::{
    Fixture,
    world::{World, noon},
};

/// Everything that a person sees at noon of 10 July.
pub(crate) fn seen_by(user_id: UserId) -> LogFilter {
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
pub(crate) fn coordinated(world: &World) -> LogFilter {
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

/// Two at a time, by one field.
pub(crate) fn request(field: LogSort, direction: Direction) -> PageRequest<LogSort> {
    ordered(&[(field, direction)])
}

/// Two at a time, by each of these fields in its direction.
pub(crate) fn ordered(by: &[(LogSort, Direction)]) -> PageRequest<LogSort> {
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

/// The ids of a whole list by one field, read in pages of two.
pub(crate) async fn all(
    fixture: &Fixture,
    scope: &Scope,
    filter: &LogFilter,
    sort: (LogSort, Direction),
) -> Vec<LogEntryId> {
    every_page(fixture, scope, filter, request(sort.0, sort.1)).await
}

/// The ids of a whole list, page after page; the count must agree.
pub(crate) async fn every_page(
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
