//! The parts of an entry, as storage keeps them.

use chrono::NaiveDate;

use crate::{
    Instant,
    id::{LogEntryId, PlacementId, TenantId, UserId},
    logbook::{
        report::{DraftReport, FirstSubmission, Submission},
        state::State,
    },
    version::Version,
};

/// Everything of which an entry consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the entry with the same name"
)]
pub struct LogEntryParts {
    pub id: LogEntryId,
    pub tenant_id: TenantId,
    pub placement_id: PlacementId,
    pub student_id: UserId,
    pub log_date: NaiveDate,
    pub revision: u32,
    pub state: State,
    pub draft: Option<DraftReport>,
    pub submission: Option<Submission>,
    pub first_submission: Option<FirstSubmission>,
    pub flag_count: u32,
    pub verifiers: Vec<UserId>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: Version,
}
