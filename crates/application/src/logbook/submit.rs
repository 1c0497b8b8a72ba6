//! A new entry: submitted, or kept as a draft.

use chrono::NaiveDate;
use ipt_domain::{
    id::{LogEntryId, PlacementId},
    logbook::{entry::LogEntry, input::ReportInput, review::Way, transition::NewEntry},
};
use ipt_ports::logbook::{CaseFound, PlacementChoice, StoredAttachment};

use super::{LogbookError, ShownLog, acting, fresh_ids, record, scope, upload::Uploaded};
use crate::{Caller, Services, concurrency::settle};

/// What is submitted.
#[derive(Clone, Debug)]
pub struct Command {
    /// The placement; none when the student has exactly one active.
    pub placement_id: Option<PlacementId>,
    /// The day.
    pub log_date: NaiveDate,
    /// The report; its files are those of `files`.
    pub report: ReportInput,
    /// Files stored already.
    pub files: Vec<Uploaded>,
    /// Whether it is kept as a draft.
    pub draft: bool,
}

/// Makes a new entry. One that comes while its placement is changed is judged by what became of that.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.submit", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    mut command: Command,
) -> Result<ShownLog, LogbookError> {
    command.report.add_files = command.files.iter().map(|file| file.attachment.clone()).collect();
    settle(|| attempt(services, caller, &command)).await
}

/// One attempt, in a transaction of its own.
async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<ShownLog, LogbookError> {
    let choice = choose(caller, command.placement_id)?;
    let now = services.clock.now();
    let fix_at = command.report.fix_time(None, now);
    let mut work = services.database.begin(scope(caller)).await?;
    let found = work
        .logbook()
        .submission_case(choice, command.log_date, fix_at)
        .await?;
    let (case, surroundings) = match found {
        CaseFound::One(found) => *found,
        CaseFound::Several => return Err(LogbookError::PlacementRequired),
        CaseFound::None if command.placement_id.is_some() => return Err(LogbookError::PlacementNotFound),
        CaseFound::None => return Err(LogbookError::NoActivePlacement),
    };
    let new = NewEntry {
        id: LogEntryId::new(services.ids.next()),
        log_date: command.log_date,
    };
    let make = if command.draft {
        LogEntry::draft
    } else {
        LogEntry::submit_new
    };
    let decision = make(
        new,
        &command.report,
        acting(caller, Way::Single, None),
        &case.at(now),
        &surroundings,
        fresh_ids(services),
    )?;
    let files: Vec<StoredAttachment> = command
        .files
        .iter()
        .map(|file| file.clone().of(decision.entry.tenant_id(), new.id))
        .collect();
    let trail = record::of_decision(services, caller, &decision);
    work.logbook().save(&decision, &files, &trail).await?;
    work.commit().await?;
    ShownLog::new(decision.entry, &case, Vec::new(), services, caller)
}

/// The placement meant.
fn choose(caller: &Caller, named: Option<PlacementId>) -> Result<PlacementChoice, LogbookError> {
    match (named, caller.tenant_id()) {
        (Some(placement), _) => Ok(PlacementChoice::Named(placement)),
        (None, Some(tenant)) => Ok(PlacementChoice::OnlyActiveOf {
            tenant,
            student: caller.user_id(),
        }),
        (None, None) => Err(LogbookError::NoActivePlacement),
    }
}
