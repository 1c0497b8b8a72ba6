//! As much of the logbook in memory as other contexts look at.

use async_trait::async_trait;
use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, ReopeningId, ReviewId, TenantId, UserId},
    logbook::{
        circumstances::Surroundings,
        decision::{Decision, Deletion},
        entry::LogEntry,
        review::ReviewRecord,
    },
    placement::policy::Policy,
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    blob_store::BlobKey,
    engagement::Trail,
    logbook::{
        CaseFound, LogCase, LogFilter, LogSort, LogbookReader, LogbookRepository, PlacementChoice, Reopening,
        ReviewView, RevisionView, StoredAttachment,
    },
    page::{Page, PageRequest},
};

use super::work::MemoryWork;

#[async_trait]
impl LogbookReader for MemoryWork {
    async fn submission_case(
        &mut self,
        choice: PlacementChoice,
        _: NaiveDate,
        _: Option<Instant>,
    ) -> Result<CaseFound, RepositoryError> {
        let PlacementChoice::Named(id) = choice else {
            return Self::absent();
        };
        let found = self
            .state
            .placements
            .iter()
            .find(|placement| placement.id() == id);
        Ok(found.map_or(CaseFound::None, |placement| {
            CaseFound::One(Box::new((self.case_of(placement), Surroundings::default())))
        }))
    }

    async fn log(&mut self, id: LogEntryId) -> Result<Option<(LogEntry, LogCase)>, RepositoryError> {
        let found = self.state.entries.iter().find(|entry| entry.id() == id);
        Ok(found.map(|entry| {
            let placement = self
                .state
                .placements
                .iter()
                .find(|known| known.id() == entry.placement_id());
            (entry.clone(), self.case_of(placement.unwrap()))
        }))
    }

    async fn logs(&mut self, _: &[LogEntryId]) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError> {
        Self::absent()
    }

    async fn surroundings(
        &mut self,
        _: &LogEntry,
        _: Option<Instant>,
    ) -> Result<Surroundings, RepositoryError> {
        Self::absent()
    }

    async fn log_page(
        &mut self,
        _: &LogFilter,
        _: &PageRequest<LogSort>,
    ) -> Result<Page<(LogEntry, LogCase)>, RepositoryError> {
        Self::absent()
    }

    async fn log_count(&mut self, _: &LogFilter) -> Result<u64, RepositoryError> {
        Self::absent()
    }

    async fn reviews(&mut self, entries: &[LogEntryId]) -> Result<Vec<ReviewView>, RepositoryError> {
        let of_them = self
            .state
            .reviews
            .iter()
            .filter(|view| entries.contains(&view.record.entry_id));
        Ok(of_them.cloned().collect())
    }

    async fn remarks_of(
        &mut self,
        _: UserId,
        _: Option<(Instant, ReviewId)>,
        _: u16,
    ) -> Result<Vec<ReviewRecord>, RepositoryError> {
        Self::absent()
    }

    async fn revisions(&mut self, _: LogEntryId) -> Result<Vec<RevisionView>, RepositoryError> {
        Self::absent()
    }

    async fn attachment(&mut self, _: AttachmentId) -> Result<Option<StoredAttachment>, RepositoryError> {
        Self::absent()
    }

    async fn attachments_of(&mut self, _: LogEntryId) -> Result<Vec<StoredAttachment>, RepositoryError> {
        Self::absent()
    }

    async fn is_referenced(&mut self, key: &BlobKey) -> Result<bool, RepositoryError> {
        Ok(self
            .state
            .referenced_blobs
            .iter()
            .any(|known| known == key.as_str()))
    }

    async fn reopenings(&mut self, ids: &[ReopeningId]) -> Result<Vec<Reopening>, RepositoryError> {
        let known = &self.state.reopenings;
        Ok(known
            .iter()
            .filter(|reopening| ids.contains(&reopening.id))
            .cloned()
            .collect())
    }

    async fn policies_of_student(&mut self, _: TenantId, _: UserId) -> Result<Vec<Policy>, RepositoryError> {
        Self::absent()
    }
}

#[async_trait]
impl LogbookRepository for MemoryWork {
    async fn save(
        &mut self,
        decision: &Decision,
        _: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        self.state
            .entries
            .retain(|entry| entry.id() != decision.entry.id());
        self.state.entries.push(decision.entry.clone());
        let by = &decision.review.by;
        let name = |user| self.state.account(user).account.full_name.as_str().to_owned();
        let view = ReviewView {
            record: decision.review.clone(),
            by_name: name(by.user),
            on_behalf_of_name: by.on_behalf_of.map(name),
        };
        self.state.reviews.push(view);
        self.state.leave(trail);
        Ok(())
    }

    async fn save_edit(
        &mut self,
        _: &LogEntry,
        _: Version,
        _: &[StoredAttachment],
        _: &Trail,
    ) -> Result<(), RepositoryError> {
        Self::absent()
    }

    async fn delete(&mut self, _: &Deletion, _: &Trail) -> Result<Vec<BlobKey>, RepositoryError> {
        Self::absent()
    }

    async fn remove_files(
        &mut self,
        _: LogEntryId,
        _: &[AttachmentId],
    ) -> Result<Vec<BlobKey>, RepositoryError> {
        Self::absent()
    }

    async fn reopen_days(&mut self, reopenings: &[Reopening], trail: &Trail) -> Result<(), RepositoryError> {
        self.state.reopenings.extend_from_slice(reopenings);
        self.state.leave(trail);
        Ok(())
    }
}
