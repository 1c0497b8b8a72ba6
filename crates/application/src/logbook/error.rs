//! Why a use case of the logbook fails.

use ipt_domain::logbook::{refusal::Refusal, violation::LogViolation};
use ipt_ports::{Constraint, RepositoryError, blob_store::BlobError};

use crate::concurrency::{LostRace, is_stale};

/// Why a use case of the logbook fails.
#[derive(Debug, thiserror::Error)]
pub enum LogbookError {
    /// The domain refuses.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// The placement named does not exist for this person.
    #[error("there is no such placement")]
    PlacementNotFound,
    /// No placement was named, and none of the person's is active.
    #[error("you have no active placement; entries are submitted to active placements only")]
    NoActivePlacement,
    /// No placement was named, and several of the person's are active.
    #[error("you have several active placements; name one in placement_id")]
    PlacementRequired,
    /// There is no such file for this person.
    #[error("there is no such attachment")]
    AttachmentNotFound,
    /// Too many entries, or none, in one action.
    #[error("name 1 to {max} entries")]
    NumberOfEntries {
        /// The limit.
        max: usize,
    },
    /// A file could not be stored or read.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

impl LogbookError {
    /// There is no such entry for this person.
    pub(super) const fn not_found() -> Self {
        Self::Refusal(Refusal::NotFound)
    }
}

impl From<RepositoryError> for LogbookError {
    /// A day that was taken in the meantime is the same to a student as one that was taken before.
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(Constraint::LogDay) => {
                Self::Refusal(Refusal::Rules(vec![LogViolation::DuplicateDay]))
            }
            RepositoryError::Conflict(_)
            | RepositoryError::Stale
            | RepositoryError::Unavailable(_)
            | RepositoryError::Corrupt(_)
            | RepositoryError::Backend(_) => Self::Repository(error),
        }
    }
}

impl LostRace for LogbookError {
    fn is_lost_race(&self) -> bool {
        matches!(self, Self::Repository(error) if is_stale(error))
    }
}
