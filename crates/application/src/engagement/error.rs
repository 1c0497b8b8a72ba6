//! Why a use case about notifications and failed work fails.

use ipt_ports::RepositoryError;

use crate::access::Denied;

/// Why a use case about notifications and failed work fails.
#[derive(Debug, thiserror::Error)]
pub enum EngagementError {
    /// The person's roles do not include the permission.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such thing for this person.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A preference names no kind of notification.
    #[error("there is no notification of the kind {0}")]
    UnknownKind(String),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}
