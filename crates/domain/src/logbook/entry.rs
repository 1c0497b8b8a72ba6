//! The log entry: what one student did on one day of one placement.

use chrono::NaiveDate;

use crate::{
    Instant,
    error::Corruption,
    id::{LogEntryId, PlacementId, TenantId, UserId},
    logbook::{
        hours::WorkedHours,
        parts::LogEntryParts,
        report::{DraftReport, FirstSubmission, Submission},
        state::{State, VerifiedBy},
    },
    version::Version,
};

/// What one student did on one day of one placement.
///
/// It keeps two texts apart: the one last submitted, which reviewers read, and the student's edit in progress.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    pub(crate) id: LogEntryId,
    pub(crate) tenant_id: TenantId,
    pub(crate) placement_id: PlacementId,
    pub(crate) student_id: UserId,
    pub(crate) log_date: NaiveDate,
    pub(crate) revision: u32,
    pub(crate) state: State,
    pub(crate) draft: Option<DraftReport>,
    pub(crate) submission: Option<Submission>,
    pub(crate) first_submission: Option<FirstSubmission>,
    pub(crate) flag_count: u32,
    pub(crate) verifiers: Vec<UserId>,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
    pub(crate) version: Version,
}

impl LogEntry {
    /// Rebuilds an entry from storage.
    ///
    /// # Errors
    /// [`Corruption`] where the parts contradict each other: a state past the draft without a submission, a draft without
    /// a text, a revision of 0.
    pub fn from_parts(parts: LogEntryParts) -> Result<Self, Corruption> {
        let damaged = |column, problem| Corruption {
            table: "log_entry",
            column,
            id: parts.id.uuid(),
            problem,
        };
        if parts.revision == 0 {
            return Err(damaged("revision", "revisions count from 1"));
        }
        if parts.submission.is_some() != parts.first_submission.is_some() {
            return Err(damaged(
                "first_submitted_at",
                "a submission and its first time must come together",
            ));
        }
        let never_submitted = matches!(
            parts.state,
            State::Draft {
                once_submitted: false
            }
        );
        match (never_submitted, &parts.submission, &parts.draft) {
            (true, Some(_), _) => {
                return Err(damaged(
                    "state",
                    "a draft that was never submitted has a submission",
                ));
            }
            (true, None, None) => return Err(damaged("state", "a draft has no text")),
            (false, None, _) => {
                return Err(damaged("state", "it was submitted, yet nothing was kept of that"));
            }
            (true, None, Some(_)) | (false, Some(_), _) => {}
        }
        let LogEntryParts {
            id,
            tenant_id,
            placement_id,
            student_id,
            log_date,
            revision,
            state,
            draft,
            submission,
            first_submission,
            flag_count,
            verifiers,
            created_at,
            updated_at,
            version,
        } = parts;
        Ok(Self {
            id,
            tenant_id,
            placement_id,
            student_id,
            log_date,
            revision,
            state,
            draft,
            submission,
            first_submission,
            flag_count,
            verifiers,
            created_at,
            updated_at,
            version,
        })
    }

    /// Its id.
    pub const fn id(&self) -> LogEntryId {
        self.id
    }

    /// The institution.
    pub const fn tenant_id(&self) -> TenantId {
        self.tenant_id
    }

    /// The placement.
    pub const fn placement_id(&self) -> PlacementId {
        self.placement_id
    }

    /// The student.
    pub const fn student_id(&self) -> UserId {
        self.student_id
    }

    /// The day, on which the shift began.
    pub const fn log_date(&self) -> NaiveDate {
        self.log_date
    }

    /// The text's revision, from 1.
    pub const fn revision(&self) -> u32 {
        self.revision
    }

    /// The state.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The student's edit in progress.
    pub const fn draft_report(&self) -> Option<&DraftReport> {
        self.draft.as_ref()
    }

    /// What was submitted last.
    pub const fn submission(&self) -> Option<&Submission> {
        self.submission.as_ref()
    }

    /// The first submission; none for a draft that was never submitted.
    pub const fn first_submission(&self) -> Option<FirstSubmission> {
        self.first_submission
    }

    /// How often the academic side flagged it.
    pub const fn flag_count(&self) -> u32 {
        self.flag_count
    }

    /// Everybody who verified any of its revisions, or was acted for in doing so.
    pub fn verifiers(&self) -> &[UserId] {
        &self.verifiers
    }

    /// When it was made.
    pub const fn created_at(&self) -> Instant {
        self.created_at
    }

    /// When it was last changed.
    pub const fn updated_at(&self) -> Instant {
        self.updated_at
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// Whether the current revision was verified by the institution, not by industry.
    pub fn verified_on_evidence(&self) -> bool {
        self.state
            .verification()
            .is_some_and(|verification| verification.kind == VerifiedBy::Evidence)
    }

    /// The hours that count: those confirmed, else those claimed.
    pub fn hours_that_count(&self) -> Option<WorkedHours> {
        let claimed = self
            .submission
            .as_ref()
            .and_then(|submission| submission.report.hours);
        self.state
            .verification()
            .and_then(|verification| verification.hours_confirmed)
            .or(claimed)
    }

    /// The report to start from: the edit in progress, else what was submitted last.
    pub(crate) fn working_report(&self) -> DraftReport {
        match (&self.draft, &self.submission) {
            (Some(draft), _) => draft.clone(),
            (None, Some(submission)) => DraftReport::from(&submission.report),
            (None, None) => DraftReport::default(),
        }
    }
}
