//! Handing in the text as it is: a draft, or an edit in progress of a requested revision.

use ipt_domain::{id::LogEntryId, logbook::input::ReportInput, version::Version};

use super::{LogbookError, ShownLog, edit};
use crate::{Caller, Services};

/// Hands in an entry's text.
///
/// # Errors
/// [`LogbookError`].
#[tracing::instrument(name = "usecase.logbook.hand_in", skip_all, fields(log_id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: LogEntryId,
    seen: Option<Version>,
) -> Result<ShownLog, LogbookError> {
    let command = edit::Command {
        id,
        report: ReportInput::default(),
        files: Vec::new(),
        submit: true,
        seen,
    };
    edit::execute(services, caller, command).await
}
