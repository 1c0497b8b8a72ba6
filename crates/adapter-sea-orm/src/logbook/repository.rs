//! Writes entries. A transition is one statement on PostgreSQL: the entry, guarded by its version, and with it the review,
//! the files, the messages and the audit record.

use ipt_domain::{
    id::{AttachmentId, LogEntryId, TenantId},
    logbook::{
        action::Action,
        decision::{Decision, Deletion},
        entry::LogEntry,
    },
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    blob_store::BlobKey,
    engagement::Trail,
    logbook::{LogbookRepository, Reopening, StoredAttachment},
};

use super::mapper;
use crate::{
    number,
    scope::demand,
    unit_of_work::SeaUnitOfWork,
    writes::{Columns, Guard, Hold, Insert, Keep, Writes},
};

/// A text that was handed in is kept when the next one replaces it. The last one stands in the entry alone, so that a first
/// submission writes it once.
const EARLIER_TEXT: Keep = Keep {
    into: "log_revision",
    columns: &[
        ("entry_id", "id"),
        ("tenant_id", "tenant_id"),
        ("revision", "revision"),
        ("submission_id", "submission_id"),
        ("submitted_by_id", "submitted_by_id"),
        ("submitted_at", "submitted_at"),
        ("kind", "kind"),
        ("content", "content"),
        ("worked_minutes", "worked_minutes"),
        ("hours_assumed", "hours_assumed"),
        ("excess_hours", "excess_hours"),
        ("skills", "skills"),
        ("captured_at", "captured_at"),
        ("latitude", "latitude"),
        ("longitude", "longitude"),
        ("accuracy_m", "accuracy_m"),
        ("fix_captured_at", "fix_captured_at"),
        ("verdict", "verdict"),
        ("distance_m", "distance_m"),
        ("location_notes", "location_notes"),
        ("attachments", "attachments"),
    ],
    when: "submitted_at",
};

/// Whether a transition hands in a text.
const fn hands_in(action: Action) -> bool {
    match action {
        Action::Submit | Action::Revise => true,
        Action::Draft
        | Action::Delete
        | Action::Recall
        | Action::Dispute
        | Action::Approve
        | Action::Reject
        | Action::Retract
        | Action::VerifyOnEvidence
        | Action::Validate
        | Action::Flag
        | Action::ReturnToAcademic
        | Action::ReturnToIndustry
        | Action::ReturnToStudent
        | Action::Void => false,
    }
}

/// The row of an entry at a version.
fn row(id: LogEntryId, tenant: TenantId, version: Version) -> Columns {
    vec![
        ("id", id.uuid().into()),
        ("tenant_id", tenant.uuid().into()),
        ("version", number::stored_version(version).into()),
    ]
}

fn update(entry: &LogEntry, replaces: Version, set: Columns) -> Writes {
    Writes::guarded(Guard::Update {
        table: "log_entry",
        set,
        row: row(entry.id(), entry.tenant_id(), replaces),
    })
}

/// The placement as it was when `decision` was made. A text that comes after it has ended, or on a day that it does not
/// contain any more, is refused, however close the two are.
fn placement(decision: &Decision) -> Hold {
    let entry = &decision.entry;
    Hold {
        table: "placement",
        row: vec![
            ("id", entry.placement_id().uuid().into()),
            ("tenant_id", entry.tenant_id().uuid().into()),
            (
                "version",
                number::stored_version(decision.placement_version).into(),
            ),
        ],
    }
}

fn files(files: &[StoredAttachment]) -> Option<Insert> {
    Insert::many("attachment", files.iter().map(mapper::file_columns))
}

#[async_trait::async_trait]
impl LogbookRepository for SeaUnitOfWork {
    #[tracing::instrument(name = "db.log_entry.save", level = "debug", skip_all)]
    async fn save(
        &mut self,
        decision: &Decision,
        new_files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let Decision {
            entry,
            replaces,
            placement_version: _,
            review,
            event: _,
        } = decision;
        demand(self.scope(), Some(entry.tenant_id()))?;
        let mut columns = mapper::working_columns(entry)?;
        let hands_in = hands_in(review.action);
        if hands_in {
            columns.extend(mapper::submitted_columns(entry, review.id.uuid())?);
        }
        let writes = match replaces {
            None => {
                columns.extend(mapper::new_columns(entry));
                Writes::new().insert(Insert::one("log_entry", columns))
            }
            Some(version) => {
                let update = update(entry, *version, columns);
                if hands_in {
                    update.keep(EARLIER_TEXT)
                } else {
                    update
                }
            }
        };
        let comes_in = hands_in || replaces.is_none();
        writes
            .holding(comes_in.then(|| placement(decision)))
            .insert(Insert::one(
                "log_review",
                mapper::review_columns(review, entry.tenant_id())?,
            ))
            .insert(files(new_files))
            .trail(trail)
            .execute(self.connection())
            .await
    }

    async fn save_edit(
        &mut self,
        entry: &LogEntry,
        replaces: Version,
        new_files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(entry.tenant_id()))?;
        update(entry, replaces, mapper::working_columns(entry)?)
            .insert(files(new_files))
            .trail(trail)
            .execute(self.connection())
            .await
    }

    async fn delete(&mut self, deletion: &Deletion, trail: &Trail) -> Result<Vec<BlobKey>, RepositoryError> {
        demand(self.scope(), Some(deletion.tenant_id))?;
        let files = self.files_of(deletion.entry_id).await?;
        let row = row(deletion.entry_id, deletion.tenant_id, deletion.version);
        Writes::guarded(Guard::Delete {
            table: "log_entry",
            row,
        })
        .trail(trail)
        .execute(self.connection())
        .await?;
        Ok(files.into_iter().map(|file| file.key).collect())
    }

    async fn remove_files(
        &mut self,
        entry: LogEntryId,
        files: &[AttachmentId],
    ) -> Result<Vec<BlobKey>, RepositoryError> {
        self.drop_files(entry, files).await
    }

    async fn reopen_days(&mut self, reopenings: &[Reopening], trail: &Trail) -> Result<(), RepositoryError> {
        for reopening in reopenings {
            demand(self.scope(), Some(reopening.tenant_id))?;
        }
        let rows = reopenings.iter().map(|reopening| {
            vec![
                ("id", reopening.id.uuid().into()),
                ("tenant_id", reopening.tenant_id.uuid().into()),
                ("placement_id", reopening.placement_id.uuid().into()),
                ("starts_on", reopening.from.into()),
                ("ends_on", reopening.to.into()),
                ("reason", reopening.reason.as_str().into()),
                ("by_id", reopening.by.uuid().into()),
                ("at", reopening.at.into()),
            ]
        });
        Writes::new()
            .insert(Insert::many("reopened_days", rows))
            .trail(trail)
            .execute(self.connection())
            .await
    }
}
