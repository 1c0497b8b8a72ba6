//! Why a dashboard fails.

use ipt_ports::RepositoryError;

use crate::access::Denied;

/// Why a dashboard fails.
#[derive(Debug, thiserror::Error)]
pub enum InsightError {
    /// The person's roles do not include the permission.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The institution in which the person acts is gone.
    #[error("there is no such institution")]
    NoInstitution,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}
