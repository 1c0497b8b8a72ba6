//! Between rows and copies of what is kept of a person.

use ipt_domain::{
    id::{DataExportId, TenantId, UserId},
    identity::data_export::{DataExport, ExportState},
};
use ipt_ports::RepositoryError;

use super::data_export_row::Model;
use crate::{error::damaged, number};

const TABLE: &str = "data_export";

/// A copy.
pub(super) fn export(row: &Model) -> Result<DataExport, RepositoryError> {
    Ok(DataExport {
        id: DataExportId::new(row.id),
        about: UserId::new(row.about_id),
        tenant_id: row.tenant_id.map(TenantId::new),
        asked_by: UserId::new(row.asked_by_id),
        asked_at: row.asked_at,
        state: state(row)?,
        version: number::version(row.version, TABLE, row.id)?,
    })
}

fn state(row: &Model) -> Result<ExportState, RepositoryError> {
    let missing = |column| damaged(TABLE, column, row.id, "it is missing in this state");
    let done_at = || row.done_at.ok_or_else(|| missing("done_at"));
    match row.state.as_str() {
        "waiting" => Ok(ExportState::Waiting {
            attempts: number::count(row.attempts, TABLE, "attempts", row.id)?,
            due_at: row.due_at.ok_or_else(|| missing("due_at"))?,
        }),
        "ready" => Ok(ExportState::Ready {
            at: done_at()?,
            expires_at: row.expires_at.ok_or_else(|| missing("expires_at"))?,
            size: row
                .size
                .and_then(|size| u64::try_from(size).ok())
                .ok_or_else(|| missing("size"))?,
        }),
        "fetched" => Ok(ExportState::Fetched { at: done_at()? }),
        "failed" => Ok(ExportState::Failed { at: done_at()? }),
        _ => Err(damaged(TABLE, "state", row.id, "there is no such state")),
    }
}

/// The row of a copy.
pub(super) fn row(export: &DataExport) -> Model {
    let bare = Model {
        id: export.id.uuid(),
        about_id: export.about.uuid(),
        tenant_id: export.tenant_id.map(TenantId::uuid),
        asked_by_id: export.asked_by.uuid(),
        asked_at: export.asked_at,
        state: String::new(),
        attempts: 0,
        due_at: None,
        done_at: None,
        expires_at: None,
        size: None,
        version: number::stored_version(export.version),
    };
    match export.state {
        ExportState::Waiting { attempts, due_at } => Model {
            state: "waiting".to_owned(),
            attempts: number::stored(attempts),
            due_at: Some(due_at),
            ..bare
        },
        ExportState::Ready { at, expires_at, size } => Model {
            state: "ready".to_owned(),
            done_at: Some(at),
            expires_at: Some(expires_at),
            size: Some(i64::try_from(size).unwrap_or(i64::MAX)),
            ..bare
        },
        ExportState::Fetched { at } => Model {
            state: "fetched".to_owned(),
            done_at: Some(at),
            ..bare
        },
        ExportState::Failed { at } => Model {
            state: "failed".to_owned(),
            done_at: Some(at),
            ..bare
        },
    }
}
