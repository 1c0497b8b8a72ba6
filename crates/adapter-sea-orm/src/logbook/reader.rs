//! The port for looks at entries; each group of queries stands in a file of its own.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, ReopeningId, ReviewId, TenantId, UserId},
    logbook::{circumstances::Surroundings, entry::LogEntry, review::ReviewRecord},
    placement::policy::Policy,
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

use crate::unit_of_work::SeaUnitOfWork;

#[async_trait::async_trait]
impl LogbookReader for SeaUnitOfWork {
    async fn submission_case(
        &mut self,
        placement: PlacementChoice,
        log_date: NaiveDate,
        fix_at: Option<Instant>,
    ) -> Result<CaseFound, RepositoryError> {
        self.case_for_submission(placement, log_date, fix_at).await
    }

    async fn log(&mut self, id: LogEntryId) -> Result<Option<(LogEntry, LogCase)>, RepositoryError> {
        self.entry_by_id(id).await
    }

    async fn logs(&mut self, ids: &[LogEntryId]) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError> {
        self.entries_by_id(ids).await
    }

    async fn surroundings(
        &mut self,
        entry: &LogEntry,
        fix_at: Option<Instant>,
    ) -> Result<Surroundings, RepositoryError> {
        self.surroundings_of(entry, fix_at).await
    }

    async fn log_page(
        &mut self,
        filter: &LogFilter,
        page: &PageRequest<LogSort>,
    ) -> Result<Page<(LogEntry, LogCase)>, RepositoryError> {
        self.list_entries(filter, page).await
    }

    async fn log_count(&mut self, filter: &LogFilter) -> Result<u64, RepositoryError> {
        self.count_entries(filter).await
    }

    async fn reviews(&mut self, entries: &[LogEntryId]) -> Result<Vec<ReviewView>, RepositoryError> {
        self.reviews_of(entries).await
    }

    async fn remarks_of(
        &mut self,
        person: UserId,
        after: Option<(Instant, ReviewId)>,
        limit: u16,
    ) -> Result<Vec<ReviewRecord>, RepositoryError> {
        self.remarks_by(person, after, limit).await
    }

    async fn revisions(&mut self, entry: LogEntryId) -> Result<Vec<RevisionView>, RepositoryError> {
        self.revisions_of(entry).await
    }

    async fn attachment(&mut self, id: AttachmentId) -> Result<Option<StoredAttachment>, RepositoryError> {
        self.file_by_id(id).await
    }

    async fn attachments_of(&mut self, entry: LogEntryId) -> Result<Vec<StoredAttachment>, RepositoryError> {
        self.files_of(entry).await
    }

    async fn is_referenced(&mut self, key: &BlobKey) -> Result<bool, RepositoryError> {
        self.any_file_at(key).await
    }

    async fn reopenings(&mut self, ids: &[ReopeningId]) -> Result<Vec<Reopening>, RepositoryError> {
        self.reopenings_by_id(ids).await
    }

    async fn policies_of_student(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Policy>, RepositoryError> {
        self.policies_that_take_entries(tenant, student).await
    }
}
