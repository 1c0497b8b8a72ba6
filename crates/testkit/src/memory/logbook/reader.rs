//! Reads entries.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, ReopeningId, ReviewId, TenantId, UserId},
    logbook::{circumstances::Surroundings, entry::LogEntry, review::ReviewRecord},
    placement::{placement::Placement, policy::Policy, state::PlacementStateName},
};
use ipt_ports::{
    RepositoryError,
    blob_store::BlobKey,
    logbook::{
        CaseFound, LogCase, LogFilter, LogSort, LogbookReader, PlacementChoice, Reopening, ReviewView,
        RevisionView, StoredAttachment,
    },
    page::{Page, PageRequest},
};

use crate::memory::{
    keyset::{self, Key, Kind},
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl LogbookReader for MemoryUnitOfWork {
    async fn submission_case(
        &mut self,
        placement: PlacementChoice,
        log_date: NaiveDate,
        fix_at: Option<Instant>,
    ) -> Result<CaseFound, RepositoryError> {
        Ok(self.case_for_submission(placement, log_date, fix_at))
    }

    async fn log(&mut self, id: LogEntryId) -> Result<Option<(LogEntry, LogCase)>, RepositoryError> {
        Ok(self.entry_by_id(id).and_then(|entry| self.with_case(entry)))
    }

    async fn logs(&mut self, ids: &[LogEntryId]) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError> {
        let mut found: Vec<(LogEntry, LogCase)> = Vec::with_capacity(ids.len());
        for id in ids {
            if found.iter().all(|(entry, _)| entry.id() != *id) {
                found.extend(self.entry_by_id(*id).and_then(|entry| self.with_case(entry)));
            }
        }
        Ok(found)
    }

    async fn surroundings(
        &mut self,
        entry: &LogEntry,
        fix_at: Option<Instant>,
    ) -> Result<Surroundings, RepositoryError> {
        let placement = self
            .placements_in_scope()
            .find(|placement| placement.id() == entry.placement_id());
        let surround = |placement: &Placement| {
            self.surroundings_of(placement, entry.log_date(), Some(entry.id()), fix_at)
        };
        Ok(placement.map(surround).unwrap_or_default())
    }

    async fn log_page(
        &mut self,
        filter: &LogFilter,
        page: &PageRequest<LogSort>,
    ) -> Result<Page<(LogEntry, LogCase)>, RepositoryError> {
        let kind = |field| match field {
            LogSort::LogDate => Kind::Date,
            LogSort::CreatedAt | LogSort::UpdatedAt => Kind::Instant,
            LogSort::DueAt => Kind::OptionalInstant,
        };
        let key = |(entry, _): &(LogEntry, LogCase), field| match field {
            LogSort::LogDate => Some(Key::Date(entry.log_date())),
            LogSort::CreatedAt => Some(Key::Instant(entry.created_at())),
            LogSort::UpdatedAt => Some(Key::Instant(entry.updated_at())),
            LogSort::DueAt => entry.state().due().map(|due| Key::Instant(due.at)),
        };
        keyset::page(
            self.entries_matching(filter)
                .filter_map(|entry| self.with_case(entry)),
            kind,
            key,
            |(entry, _)| entry.id().uuid(),
            page,
        )
    }

    async fn log_count(&mut self, filter: &LogFilter) -> Result<u64, RepositoryError> {
        Ok(self.entries_matching(filter).count() as u64)
    }

    async fn reviews(&mut self, entries: &[LogEntryId]) -> Result<Vec<ReviewView>, RepositoryError> {
        let state = self.state();
        let wanted = |review: &&ReviewRecord| {
            entries.contains(&review.entry_id) && self.entry_by_id(review.entry_id).is_some()
        };
        let mut found: Vec<ReviewView> = state
            .reviews
            .values()
            .filter(wanted)
            .map(|review| ReviewView {
                record: review.clone(),
                by_name: state.name_of(review.by.user),
                on_behalf_of_name: review.by.on_behalf_of.map(|user| state.name_of(user)),
            })
            .collect();
        found.sort_by_key(|review| (review.record.at, review.record.id));
        Ok(found)
    }

    async fn remarks_of(
        &mut self,
        person: UserId,
        after: Option<(Instant, ReviewId)>,
        limit: u16,
    ) -> Result<Vec<ReviewRecord>, RepositoryError> {
        let wanted = |review: &&ReviewRecord| {
            review.by.user == person
                && review.comments.is_some()
                && after.is_none_or(|after| (review.at, review.id) > after)
                && self.entry_by_id(review.entry_id).is_some()
        };
        let mut found: Vec<_> = self.state().reviews.values().filter(wanted).cloned().collect();
        found.sort_by_key(|review| (review.at, review.id));
        found.truncate(usize::from(limit));
        Ok(found)
    }

    async fn revisions(&mut self, entry: LogEntryId) -> Result<Vec<RevisionView>, RepositoryError> {
        let texts = self
            .entry_by_id(entry)
            .and_then(|_| self.state().texts.get(&entry));
        Ok(texts.cloned().unwrap_or_default())
    }

    async fn attachment(&mut self, id: AttachmentId) -> Result<Option<StoredAttachment>, RepositoryError> {
        Ok(self
            .files_in_scope()
            .find(|file| file.attachment.id() == id)
            .cloned())
    }

    async fn attachments_of(&mut self, entry: LogEntryId) -> Result<Vec<StoredAttachment>, RepositoryError> {
        Ok(self
            .files_in_scope()
            .filter(|file| file.entry_id == entry)
            .cloned()
            .collect())
    }

    async fn is_referenced(&mut self, key: &BlobKey) -> Result<bool, RepositoryError> {
        Ok(self.files_in_scope().any(|file| file.key == *key))
    }

    async fn reopenings(&mut self, ids: &[ReopeningId]) -> Result<Vec<Reopening>, RepositoryError> {
        let known = ids.iter().filter_map(|id| self.state().reopenings.get(id));
        Ok(known
            .filter(|reopening| self.sees(reopening.tenant_id))
            .cloned()
            .collect())
    }

    async fn policies_of_student(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Policy>, RepositoryError> {
        let own = self
            .placements_in_scope()
            .filter(|placement| placement.tenant_id() == tenant);
        let own = own.filter(|placement| placement.student_id() == student);
        let takes = [PlacementStateName::Active, PlacementStateName::Terminated];
        let mut taking: Vec<&Placement> = own
            .filter(|placement| takes.contains(&placement.state().name()))
            .collect();
        taking.sort_by_key(|placement| (placement.period().start(), placement.id()));
        let policy = |placement: &Placement| {
            self.state()
                .policies
                .get(&(placement.programme_id(), placement.policy_version()))
                .cloned()
        };
        Ok(taking.into_iter().filter_map(policy).collect())
    }
}

impl MemoryUnitOfWork {
    fn entry_by_id(&self, id: LogEntryId) -> Option<&LogEntry> {
        self.state()
            .entries
            .get(&id)
            .filter(|entry| self.sees(entry.tenant_id()))
    }

    fn files_in_scope(&self) -> impl Iterator<Item = &StoredAttachment> {
        self.state()
            .files
            .values()
            .filter(|file| self.sees(file.tenant_id))
    }
}
