//! The edit in progress, which is kept as one JSON document: nothing of it is ever asked for by a query.

use ipt_domain::{
    Instant,
    logbook::{
        content::DraftContent, hours::WorkedHours, kind::DayKind, location::Fix, report::DraftReport,
        skill::Skills,
    },
};
use ipt_ports::RepositoryError;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::file::Listed;
use crate::cells::{Cells, to_json};

#[derive(Serialize, Deserialize)]
struct Document {
    kind: DayKind,
    content: DraftContent,
    minutes: Option<WorkedHours>,
    skills: Skills,
    captured_at: Option<Instant>,
    fix: Option<Fix>,
    attachments: Vec<Listed>,
}

/// The edit in progress from its document.
pub(super) fn draft(cells: &Cells, document: Value) -> Result<DraftReport, RepositoryError> {
    let document: Document = cells.json("draft", document)?;
    let attachments = document
        .attachments
        .into_iter()
        .map(Listed::into_domain)
        .collect::<Option<_>>();
    Ok(DraftReport {
        kind: document.kind,
        content: document.content,
        hours: document.minutes,
        skills: document.skills,
        captured_at: document.captured_at,
        fix: document.fix,
        attachments: attachments.ok_or_else(|| cells.damaged("draft", "a file's digest is none"))?,
    })
}

/// The document of an edit in progress.
pub(super) fn document(draft: &DraftReport) -> Result<Value, RepositoryError> {
    to_json(&Document {
        kind: draft.kind,
        content: draft.content.clone(),
        minutes: draft.hours,
        skills: draft.skills.clone(),
        captured_at: draft.captured_at,
        fix: draft.fix.clone(),
        attachments: draft.attachments.iter().map(Listed::from).collect(),
    })
}
