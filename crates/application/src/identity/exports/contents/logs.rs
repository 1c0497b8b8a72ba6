//! Logs: the person's own, with every text, review and file.

use std::fmt::Write as _;

use ipt_domain::{
    logbook::{
        attachment::Attachment,
        content::LogContent,
        entry::LogEntry,
        hours::WorkedHours,
        report::{DraftReport, Location, Report},
        state::StateName,
    },
    text::Remark,
};
use ipt_ports::{
    blob_store::BlobKey,
    logbook::{LogFilter, LogSort, Onlooker, ReviewView, RevisionView, StoredAttachment},
    page::{Direction, PageRequest, Sort},
};
use serde_json::{Value, json};

use super::{super::build::BuildError, Contents};

/// How many logs are read at a time: each comes with its case.
const AT_ONCE: u16 = 25;

/// A file, and under which name it goes into the archive.
pub(super) struct File {
    pub(super) name: String,
    pub(super) key: BlobKey,
}

/// Writes them; their files.
pub(super) async fn write(contents: &mut Contents<'_>) -> Result<Vec<File>, BuildError> {
    let filter = LogFilter {
        onlooker: Onlooker {
            user_id: contents.user(),
            coordinates: Vec::new(),
            now: contents.services.clock.now(),
        },
        states: Vec::new(),
        placement_id: None,
        student_id: Some(contents.user()),
        from: None,
        to: None,
        overdue: None,
        flagged: None,
        awaiting_onlooker: false,
        text: None,
    };
    let mut page = PageRequest {
        limit: AT_ONCE,
        after: None,
        sort: vec![Sort {
            field: LogSort::LogDate,
            direction: Direction::Ascending,
        }],
    };
    let mut files = Vec::new();
    let mut array = contents.begin_array("logs.json").await?;
    loop {
        let mut reader = contents.reader().await?;
        let found = reader.logbook().log_page(&filter, &page).await?;
        let mut values = Vec::with_capacity(found.items.len());
        for (entry, _) in &found.items {
            let reviews = reader.logbook().reviews(&[entry.id()]).await?;
            let revisions = reader.logbook().revisions(entry.id()).await?;
            let stored = reader.logbook().attachments_of(entry.id()).await?;
            values.push(of_entry(entry, &reviews, &revisions, &stored));
            files.extend(stored.iter().map(|stored| File {
                name: name(&stored.attachment),
                key: stored.key.clone(),
            }));
        }
        drop(reader);
        for value in &values {
            contents.add(&mut array, value).await?;
        }
        page.after = found.next;
        if page.after.is_none() {
            break;
        }
    }
    contents.end_array(array).await?;
    Ok(files)
}

/// Where a file lies in the archive: its own name does no harm anywhere, and the id makes it the only one.
fn name(attachment: &Attachment) -> String {
    format!(
        "attachments/{}-{}",
        attachment.id(),
        attachment.file_name().as_kind(attachment.media_type())
    )
}

fn of_entry(
    entry: &LogEntry,
    reviews: &[ReviewView],
    revisions: &[RevisionView],
    stored: &[StoredAttachment],
) -> Value {
    json!({
        "id": entry.id(),
        "tenant_id": entry.tenant_id(),
        "placement_id": entry.placement_id(),
        "log_date": entry.log_date().to_string(),
        "state": entry.state().name().as_str(),
        "revision": entry.revision(),
        "draft": entry.draft_report().map(of_draft),
        "revisions": revisions.iter().map(of_revision).collect::<Vec<_>>(),
        "reviews": reviews.iter().map(of_review).collect::<Vec<_>>(),
        "attachments": stored.iter().map(|stored| of_file(&stored.attachment)).collect::<Vec<_>>(),
        "created_at": entry.created_at(),
        "updated_at": entry.updated_at(),
    })
}

fn of_draft(draft: &DraftReport) -> Value {
    json!({
        "kind": draft.kind.as_str(),
        "content": draft.content.as_str(),
        "hours_worked": draft.hours.map(WorkedHours::as_hours),
        "skills": draft.skills.as_slice(),
        "captured_at": draft.captured_at,
        "fix": draft.fix,
    })
}

fn of_revision(revision: &RevisionView) -> Value {
    let submission = &revision.submission;
    let mut value = of_report(&submission.report);
    value["id"] = json!(revision.id);
    value["revision"] = revision.revision.into();
    value["submitted_at"] = json!(submission.at);
    value["excess_hours"] = submission.excess_hours.into();
    value
}

fn of_report(report: &Report) -> Value {
    json!({
        "kind": report.kind.as_str(),
        "content": report.content.as_ref().map(LogContent::as_str),
        "hours_worked": report.hours.map(WorkedHours::as_hours),
        "hours_assumed": report.hours_assumed,
        "skills": report.skills.as_slice(),
        "captured_at": report.captured_at,
        "location": of_location(&report.location),
        "attachments": report.attachments.iter().map(Attachment::id).collect::<Vec<_>>(),
    })
}

fn of_location(location: &Location) -> Value {
    json!({
        "fix": location.fix,
        "verdict": location.verdict.as_str(),
        "distance_m": location.verdict.distance_m(),
        "notes": location.notes,
    })
}

fn of_review(review: &ReviewView) -> Value {
    let record = &review.record;
    json!({
        "action": record.action.as_str(),
        "at": record.at,
        "by": review.by_name,
        "on_behalf_of": review.on_behalf_of_name,
        "from": record.from.map(StateName::as_str),
        "to": record.to.as_str(),
        "revision": record.revision,
        "comments": record.comments.as_ref().map(Remark::as_str),
        "skills_demonstrated": record.skills.as_slice(),
        "hours_confirmed": record.hours_confirmed.map(WorkedHours::as_hours),
    })
}

fn of_file(attachment: &Attachment) -> Value {
    let mut sha256 = String::new();
    for byte in attachment.sha256() {
        let _ = write!(sha256, "{byte:02x}");
    }
    json!({
        "id": attachment.id(),
        "file": name(attachment),
        "file_name": attachment.file_name().as_str(),
        "media_type": attachment.media_type().media_type(),
        "size": attachment.size(),
        "sha256": sha256,
    })
}
