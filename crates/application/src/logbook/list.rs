//! Entries, page by page: each role sees its own.

use chrono::NaiveDate;
use ipt_domain::{
    id::{PlacementId, UserId},
    identity::permission::Permission,
    logbook::state::StateName,
};
use ipt_ports::{
    logbook::{LogFilter, LogSort, Onlooker},
    page::{Page, PageRequest},
};

use super::{LogbookError, ShownLog, scope};
use crate::{Caller, Services};

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states; empty: in any.
    pub states: Vec<StateName>,
    /// Of this placement.
    pub placement_id: Option<PlacementId>,
    /// Of this student.
    pub student_id: Option<UserId>,
    /// Of this day or later.
    pub from: Option<NaiveDate>,
    /// Of this day or earlier.
    pub to: Option<NaiveDate>,
    /// Only (or only not) those whose review is overdue.
    pub overdue: Option<bool>,
    /// Only (or only not) those that were ever flagged.
    pub flagged: Option<bool>,
    /// Only those that wait for the caller.
    pub awaiting_me: bool,
    /// Whose text contains this.
    pub text: Option<String>,
}

/// A page, and how many there are in all when that was asked for.
#[derive(Debug)]
pub struct Listed {
    /// The page. Reviews are left out of it; a single entry has them.
    pub page: Page<ShownLog>,
    /// How many entries match.
    pub total: Option<u64>,
}

/// Lists entries.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    filter: Filter,
    page: &PageRequest<LogSort>,
    count: bool,
) -> Result<Listed, LogbookError> {
    let filter = LogFilter {
        onlooker: onlooker(services, caller),
        states: filter.states,
        placement_id: filter.placement_id,
        student_id: filter.student_id,
        from: filter.from,
        to: filter.to,
        overdue: filter.overdue.map(|overdue| (overdue, services.clock.now())),
        flagged: filter.flagged,
        awaiting_onlooker: filter.awaiting_me,
        text: filter.text,
    };
    let mut reader = services.database.read(scope(caller)).await?;
    let found = reader.logbook().log_page(&filter, page).await?;
    let total = if count {
        Some(reader.logbook().log_count(&filter).await?)
    } else {
        None
    };
    drop(reader);
    let items = found
        .items
        .into_iter()
        .map(|(entry, case)| ShownLog::new(entry, &case, Vec::new(), services, caller))
        .collect::<Result<_, _>>()?;
    Ok(Listed {
        page: Page {
            items,
            next: found.next,
        },
        total,
    })
}

/// The caller as one who looks at entries and placements.
pub fn onlooker(services: &Services, caller: &Caller) -> Onlooker {
    let coordinates = caller
        .tenant_id()
        .filter(|tenant| caller.actor.may(*tenant, Permission::LogbookCoordinate))
        .into_iter();
    Onlooker {
        user_id: caller.user_id(),
        coordinates: coordinates.collect(),
        now: services.clock.now(),
    }
}
