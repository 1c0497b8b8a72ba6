//! Between rows and log entries.

use ipt_domain::{
    id::{LogEntryId, PlacementId, TenantId, UserId},
    logbook::{entry::LogEntry, parts::LogEntryParts, report::FirstSubmission},
};
use ipt_ports::RepositoryError;
use uuid::Uuid;

use super::{
    draft,
    state::{state, state_columns},
    submission::{Told, submission_columns},
};
use crate::{
    cells::{Cells, list_to_json},
    fold::folded,
    logbook::entry_row,
    number,
    writes::Columns,
};

/// An entry from its row.
pub(in crate::logbook) fn entry(mut row: entry_row::Model) -> Result<LogEntry, RepositoryError> {
    let cells = Cells::of("log_entry", row.id);
    let state = state(&cells, &mut row)?;
    let submission = Told::of_entry(&mut row).submission(&cells)?;
    let first_submission = match row.first_submitted_at {
        None => None,
        Some(at) => Some(FirstSubmission {
            at,
            late: cells.needed("late", row.late)?,
        }),
    };
    let verifiers: Vec<Uuid> = cells.list("verifiers", row.verifiers)?;
    Ok(LogEntry::from_parts(LogEntryParts {
        id: LogEntryId::new(row.id),
        tenant_id: TenantId::new(row.tenant_id),
        placement_id: PlacementId::new(row.placement_id),
        student_id: UserId::new(row.student_id),
        log_date: row.log_date,
        revision: cells.count("revision", row.revision)?,
        state,
        draft: row
            .draft
            .map(|document| draft::draft(&cells, document))
            .transpose()?,
        submission,
        first_submission,
        flag_count: cells.count("flag_count", row.flag_count)?,
        verifiers: verifiers.into_iter().map(UserId::new).collect(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: cells.version(row.version)?,
    })?)
}

/// The columns that an entry keeps for its whole life.
pub(in crate::logbook) fn new_columns(entry: &LogEntry) -> Columns {
    vec![
        ("id", entry.id().uuid().into()),
        ("tenant_id", entry.tenant_id().uuid().into()),
        ("placement_id", entry.placement_id().uuid().into()),
        ("student_id", entry.student_id().uuid().into()),
        ("log_date", entry.log_date().into()),
        ("created_at", entry.created_at().into()),
    ]
}

/// The columns that any change touches.
pub(in crate::logbook) fn working_columns(entry: &LogEntry) -> Result<Columns, RepositoryError> {
    let verifiers: Vec<Uuid> = entry.verifiers().iter().map(|verifier| verifier.uuid()).collect();
    let mut columns = state_columns(entry.state())?;
    columns.extend([
        ("revision", number::stored(entry.revision()).into()),
        (
            "draft",
            entry.draft_report().map(draft::document).transpose()?.into(),
        ),
        ("flag_count", number::stored(entry.flag_count()).into()),
        ("verifiers", list_to_json(&verifiers)?.into()),
        ("updated_at", entry.updated_at().into()),
        ("version", number::stored_version(entry.version()).into()),
    ]);
    // Until something is handed in, the student searches in the draft; afterwards, everybody in what was handed in.
    if let (None, Some(draft)) = (entry.submission(), entry.draft_report()) {
        columns.push(("content_folded", folded(draft.content.as_str()).into()));
    }
    Ok(columns)
}

/// The columns that change with a submission, made by the transition with the review `id`.
pub(in crate::logbook) fn submitted_columns(entry: &LogEntry, id: Uuid) -> Result<Columns, RepositoryError> {
    let mut columns = match entry.submission() {
        None => return Ok(Vec::new()),
        Some(submission) => submission_columns(submission, id)?,
    };
    let first = entry.first_submission();
    columns.extend([
        ("first_submitted_at", first.map(|first| first.at).into()),
        ("late", first.map(|first| first.late).into()),
    ]);
    Ok(columns)
}
