//! A change of the text of a draft or of a requested revision, handed in along with it or not.

use ipt_domain::{
    id::LogEntryId,
    logbook::{input::ReportInput, review::Way},
    version::Version,
};
use ipt_ports::logbook::StoredAttachment;

use super::{LogbookError, ShownLog, acting, fresh_ids, record, scope, upload::Uploaded};
use crate::{Caller, Services, concurrency::settle};

/// What is changed.
#[derive(Clone, Debug)]
pub struct Command {
    /// The entry.
    pub id: LogEntryId,
    /// The change; its new files are those of `files`.
    pub report: ReportInput,
    /// Files stored already.
    pub files: Vec<Uploaded>,
    /// Whether the text is handed in.
    pub submit: bool,
    /// The version that the person saw.
    pub seen: Option<Version>,
}

/// Changes an entry's text.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.edit", skip_all, fields(log_id = %command.id))]
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
    let mut work = services.database.begin(scope(caller)).await?;
    let (entry, case) = work
        .logbook()
        .log(command.id)
        .await?
        .ok_or(LogbookError::not_found())?;
    let files: Vec<StoredAttachment> = command
        .files
        .iter()
        .map(|file| file.clone().of(entry.tenant_id(), entry.id()))
        .collect();
    let now = services.clock.now();
    let circumstances = case.at(now);
    let acting = acting(caller, Way::Single, command.seen);
    let entry = if command.submit {
        let fix_at = command.report.fix_time(Some(&entry), now);
        let surroundings = work.logbook().surroundings(&entry, fix_at).await?;
        let decision = entry.submit(
            &command.report,
            acting,
            &circumstances,
            &surroundings,
            fresh_ids(services),
        )?;
        let trail = record::of_decision(services, caller, &decision);
        work.logbook().save(&decision, &files, &trail).await?;
        decision.entry
    } else {
        let replaces = entry.version();
        let entry = entry.edit(&command.report, acting, &circumstances)?;
        let trail = record::of_edit(services, caller, &entry);
        work.logbook().save_edit(&entry, replaces, &files, &trail).await?;
        entry
    };
    let reviews = work.logbook().reviews(&[entry.id()]).await?;
    work.commit().await?;
    ShownLog::new(entry, &case, reviews, services, caller)
}
