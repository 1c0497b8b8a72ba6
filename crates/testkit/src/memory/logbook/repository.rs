//! Writes entries.

use ipt_domain::{
    id::{AttachmentId, LogEntryId, LogRevisionId, TenantId},
    logbook::{
        action::Action,
        attachment::Attachment,
        decision::{Decision, Deletion},
        entry::LogEntry,
        state::StateName,
    },
    placement::placement::Placement,
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    blob_store::BlobKey,
    engagement::Trail,
    logbook::{LogbookRepository, Reopening, RevisionView, StoredAttachment},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

#[async_trait::async_trait]
impl LogbookRepository for MemoryUnitOfWork {
    async fn save(
        &mut self,
        decision: &Decision,
        files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let Decision {
            entry,
            replaces,
            placement_version,
            review,
            event: _,
        } = decision;
        self.demand(Some(entry.tenant_id()))?;
        let handed_in = matches!(review.action, Action::Submit | Action::Revise);
        let placement = self.state().placements.get(&entry.placement_id());
        let placement = placement.map(Placement::version);
        match replaces {
            Some(_) if handed_in && placement != Some(*placement_version) => {
                return Err(RepositoryError::Stale);
            }
            Some(version) => self.guard(entry.id(), entry.tenant_id(), *version)?,
            None => {
                self.check_version(placement, *placement_version)?;
                self.hold(!self.state().entries.contains_key(&entry.id()), Constraint::Other)?;
            }
        }
        self.check_entry(entry)?;
        self.hold(!self.state().reviews.contains_key(&review.id), Constraint::Other)?;
        let text = entry
            .submission()
            .filter(|_| handed_in)
            .map(|submission| RevisionView {
                id: LogRevisionId::new(review.id.uuid()),
                revision: entry.revision(),
                submission: submission.clone(),
            });
        let state = self.change();
        state.entries.insert(entry.id(), entry.clone());
        state.texts.entry(entry.id()).or_default().extend(text);
        state.reviews.insert(review.id, review.clone());
        self.add_files(files)?;
        self.leave(trail)
    }

    async fn save_edit(
        &mut self,
        entry: &LogEntry,
        replaces: Version,
        files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        self.demand(Some(entry.tenant_id()))?;
        self.guard(entry.id(), entry.tenant_id(), replaces)?;
        self.change().entries.insert(entry.id(), entry.clone());
        self.add_files(files)?;
        self.leave(trail)
    }

    async fn delete(&mut self, deletion: &Deletion, trail: &Trail) -> Result<Vec<BlobKey>, RepositoryError> {
        let id = deletion.entry_id;
        self.demand(Some(deletion.tenant_id))?;
        self.guard(id, deletion.tenant_id, deletion.version)?;
        let state = self.change();
        state.entries.remove(&id);
        state.texts.remove(&id);
        state.reviews.retain(|_, review| review.entry_id != id);
        let own = state.files.values().filter(|file| file.entry_id == id);
        let keys = own.map(|file| file.key.clone()).collect();
        state.files.retain(|_, file| file.entry_id != id);
        self.leave(trail)?;
        Ok(keys)
    }

    async fn remove_files(
        &mut self,
        entry: LogEntryId,
        files: &[AttachmentId],
    ) -> Result<Vec<BlobKey>, RepositoryError> {
        let own = self
            .state()
            .files
            .values()
            .filter(|file| file.entry_id == entry && self.sees(file.tenant_id));
        let unused = own.filter(|file| {
            files.contains(&file.attachment.id()) && !self.refers_to_file(entry, file.attachment.id())
        });
        let unused: Vec<StoredAttachment> = unused.cloned().collect();
        let state = self.change();
        state
            .files
            .retain(|id, _| unused.iter().all(|file| file.attachment.id() != *id));
        Ok(unused.into_iter().map(|file| file.key).collect())
    }

    async fn reopen_days(&mut self, reopenings: &[Reopening], trail: &Trail) -> Result<(), RepositoryError> {
        for reopening in reopenings {
            self.demand(Some(reopening.tenant_id))?;
            let state = self.state();
            let fresh = !state.reopenings.contains_key(&reopening.id) && reopening.from <= reopening.to;
            let known = state.has_placement(reopening.tenant_id, reopening.placement_id)
                && state.has_person(reopening.by);
            self.hold(fresh, Constraint::Other)?;
            self.refers(known)?;
            self.change().reopenings.insert(reopening.id, reopening.clone());
        }
        self.leave(trail)
    }
}

impl MemoryUnitOfWork {
    /// Refuses a change of an entry that is not at this version any more.
    fn guard(&self, id: LogEntryId, tenant: TenantId, version: Version) -> Result<(), RepositoryError> {
        let stored = self
            .state()
            .entries
            .get(&id)
            .filter(|entry| entry.tenant_id() == tenant);
        self.check_version(stored.map(LogEntry::version), version)
    }

    /// One live entry for each placement and day, of a placement that there is.
    fn check_entry(&mut self, entry: &LogEntry) -> Result<(), RepositoryError> {
        let live = |entry: &LogEntry| entry.state().name() != StateName::Voided;
        let mut others = self
            .state()
            .entries
            .values()
            .filter(|other| other.id() != entry.id() && live(other));
        let taken = others.any(|other| {
            other.placement_id() == entry.placement_id() && other.log_date() == entry.log_date()
        });
        self.hold(!live(entry) || !taken, Constraint::LogDay)?;
        self.refers(
            self.state()
                .has_placement(entry.tenant_id(), entry.placement_id()),
        )
    }

    fn add_files(&mut self, files: &[StoredAttachment]) -> Result<(), RepositoryError> {
        for file in files {
            let id = file.attachment.id();
            self.demand(Some(file.tenant_id))?;
            self.hold(!self.state().files.contains_key(&id), Constraint::Other)?;
            self.refers(self.state().entries.contains_key(&file.entry_id))?;
            self.change().files.insert(id, file.clone());
        }
        Ok(())
    }

    /// Whether a text of the entry or its edit in progress has this file.
    fn refers_to_file(&self, entry: LogEntryId, file: AttachmentId) -> bool {
        let among = |files: &[Attachment]| files.iter().any(|attachment| attachment.id() == file);
        let mut texts = self.state().texts.get(&entry).into_iter().flatten();
        let edit = self.state().entries.get(&entry).and_then(LogEntry::draft_report);
        texts.any(|text| among(&text.submission.report.attachments))
            || edit.is_some_and(|draft| among(&draft.attachments))
    }
}
