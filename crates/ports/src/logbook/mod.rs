//! Log entries, their reviews, texts and files.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, LogRevisionId, PlacementId, ReopeningId, ReviewId, TenantId, UserId},
    logbook::{
        attachment::Attachment,
        circumstances::{Circumstances, Surroundings},
        decision::{Decision, Deletion},
        entry::LogEntry,
        report::Submission,
        review::ReviewRecord,
        state::StateName,
    },
    placement::{delegation::Delegation, placement::Placement, policy::Policy, site::Workplace},
    tenancy::calendar::WorkingCalendar,
    version::Version,
};

use crate::{
    RepositoryError,
    blob_store::BlobKey,
    engagement::Trail,
    page::{Page, PageRequest},
};

/// Everything besides the entry on which a decision about it depends.
#[derive(Clone, Debug)]
pub struct LogCase {
    /// The placement.
    pub placement: Placement,
    /// The policy under which it was approved.
    pub policy: Policy,
    /// Its workplace.
    pub workplace: Workplace,
    /// The institution's calendar.
    pub institution: WorkingCalendar,
    /// The delegates of its supervisors.
    pub delegations: Vec<Delegation>,
    /// The student's name.
    pub student_name: String,
}

impl LogCase {
    /// The same, at one moment.
    pub fn at(&self, now: Instant) -> Circumstances<'_> {
        Circumstances {
            placement: &self.placement,
            policy: &self.policy,
            workplace: &self.workplace,
            institution: &self.institution,
            delegations: &self.delegations,
            now,
        }
    }
}

/// A review with the names of its people.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewView {
    /// The record.
    pub record: ReviewRecord,
    /// The name of the person who acted.
    pub by_name: String,
    /// The name of the person acted for.
    pub on_behalf_of_name: Option<String>,
}

/// One submitted text, as it was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionView {
    /// Its id.
    pub id: LogRevisionId,
    /// The revision's number.
    pub revision: u32,
    /// What was handed in, by whom and when.
    pub submission: Submission,
}

/// Where a file of an entry lies.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAttachment {
    /// The file.
    pub attachment: Attachment,
    /// Its institution.
    pub tenant_id: TenantId,
    /// The entry it belongs to.
    pub entry_id: LogEntryId,
    /// Where its bytes lie.
    pub key: BlobKey,
}

/// For whom entries are listed. Each role sees its own; they add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onlooker {
    /// The person: sees own entries, and submitted ones of placements supervised now.
    pub user_id: UserId,
    /// The institutions in which the person coordinates: sees every entry that was ever submitted.
    pub coordinates: Vec<TenantId>,
    /// Now: who acts for a supervisor does so on some days only, and industry's part ends some days after a termination.
    pub now: Instant,
}

/// Which entries are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter {
    /// For whom.
    pub onlooker: Onlooker,
    /// In one of these states; empty: in any.
    pub states: Vec<StateName>,
    /// Of this placement.
    pub placement_id: Option<PlacementId>,
    /// Of this student.
    pub student_id: Option<UserId>,
    /// Of this day or later.
    pub from: Option<NaiveDate>,
    /// Of this day or earlier.
    pub to: Option<NaiveDate>,
    /// Only (or only not) those whose review is overdue at this moment; a suspended placement has none.
    pub overdue: Option<(bool, Instant)>,
    /// Only (or only not) those that were ever flagged.
    pub flagged: Option<bool>,
    /// Only those that wait for the onlooker's own action.
    pub awaiting_onlooker: bool,
    /// Whose text contains this, without regard to case.
    pub text: Option<String>,
}

/// The field by which entries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogSort {
    /// The day.
    LogDate,
    /// When it was made.
    CreatedAt,
    /// When it was last changed.
    UpdatedAt,
    /// When its review falls due; those without come last.
    DueAt,
}

/// A range of days opened again for late entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Its id.
    pub id: ReopeningId,
    /// The institution.
    pub tenant_id: TenantId,
    /// The placement.
    pub placement_id: PlacementId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who opened it.
    pub by: UserId,
    /// When.
    pub at: Instant,
}

/// Reads entries.
#[async_trait::async_trait]
pub trait LogbookReader: Send {
    /// What a submission for `log_date` depends on: the case and the surroundings of that day, in one statement. `fix_at`
    /// is when the position was taken that comes with it; without one no other positions are looked up.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn submission_case(
        &mut self,
        placement: PlacementChoice,
        log_date: NaiveDate,
        fix_at: Option<Instant>,
    ) -> Result<CaseFound, RepositoryError>;

    /// An entry with its case.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn log(&mut self, id: LogEntryId) -> Result<Option<(LogEntry, LogCase)>, RepositoryError>;

    /// Several entries with their cases, in the order of the ids; unknown ones are left out. A fixed number of
    /// statements, whatever their number.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn logs(&mut self, ids: &[LogEntryId]) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError>;

    /// The surroundings of an entry that exists, with the positions next to one taken at `fix_at`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn surroundings(
        &mut self,
        entry: &LogEntry,
        fix_at: Option<Instant>,
    ) -> Result<Surroundings, RepositoryError>;

    /// A page of entries with their cases, in a fixed number of statements.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn log_page(
        &mut self,
        filter: &LogFilter,
        page: &PageRequest<LogSort>,
    ) -> Result<Page<(LogEntry, LogCase)>, RepositoryError>;

    /// How many entries match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn log_count(&mut self, filter: &LogFilter) -> Result<u64, RepositoryError>;

    /// The reviews of these entries, the oldest first.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reviews(&mut self, entries: &[LogEntryId]) -> Result<Vec<ReviewView>, RepositoryError>;

    /// The steps to which a person added words (comments, a reason, a note), the oldest first, from behind `after` on.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remarks_of(
        &mut self,
        person: UserId,
        after: Option<(Instant, ReviewId)>,
        limit: u16,
    ) -> Result<Vec<ReviewRecord>, RepositoryError>;

    /// Every text of an entry that was handed in, the oldest first.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn revisions(&mut self, entry: LogEntryId) -> Result<Vec<RevisionView>, RepositoryError>;

    /// A file.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn attachment(&mut self, id: AttachmentId) -> Result<Option<StoredAttachment>, RepositoryError>;

    /// The files of an entry, those of its edit in progress included.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn attachments_of(&mut self, entry: LogEntryId) -> Result<Vec<StoredAttachment>, RepositoryError>;

    /// Whether any file lies under this key.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn is_referenced(&mut self, key: &BlobKey) -> Result<bool, RepositoryError>;

    /// Ranges of days that were opened again, in the order of the ids; unknown ones are left out.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reopenings(&mut self, ids: &[ReopeningId]) -> Result<Vec<Reopening>, RepositoryError>;

    /// The policies of the student's placements that take entries, for the limits of an upload that names no placement:
    /// active ones, and terminated ones, of which a coordinator may have opened days again.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn policies_of_student(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Policy>, RepositoryError>;
}

/// Which placement a submission is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacementChoice {
    /// This one.
    Named(PlacementId),
    /// The only active one of this student in this institution.
    OnlyActiveOf {
        /// The institution.
        tenant: TenantId,
        /// The student.
        student: UserId,
    },
}

/// What was found for a submission.
#[derive(Clone, Debug)]
pub enum CaseFound {
    /// The case and the surroundings of the day.
    One(Box<(LogCase, Surroundings)>),
    /// There is no such placement, or none that is active.
    None,
    /// The student has several active ones: it must be named.
    Several,
}

/// Writes entries.
#[async_trait::async_trait]
pub trait LogbookRepository: LogbookReader {
    /// Stores a transition: the entry, guarded by the version that it replaces, its review record, its new files and its
    /// trail. `files` are those of the entry that are not stored yet. A new entry, and a text that is handed in, are guarded
    /// by the version of the placement too, which nobody changes until the end of the transaction.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when somebody else was faster; [`RepositoryError::Conflict`] with
    /// [`Constraint::LogDay`](crate::Constraint::LogDay) when the day was taken in the meantime.
    async fn save(
        &mut self,
        decision: &Decision,
        files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Stores an edit in progress, guarded by the version that it replaces.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`].
    async fn save_edit(
        &mut self,
        entry: &LogEntry,
        replaces: Version,
        files: &[StoredAttachment],
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Removes a draft that was never submitted, with its files; returns where the files' bytes lie.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`].
    async fn delete(&mut self, deletion: &Deletion, trail: &Trail) -> Result<Vec<BlobKey>, RepositoryError>;

    /// Removes files of an entry to which neither its texts nor its edit refer any more; returns where their bytes lie.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remove_files(
        &mut self,
        entry: LogEntryId,
        files: &[AttachmentId],
    ) -> Result<Vec<BlobKey>, RepositoryError>;

    /// Opens days again.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reopen_days(&mut self, reopenings: &[Reopening], trail: &Trail) -> Result<(), RepositoryError>;
}
