//! Why a use case of the audit trail fails.

use ipt_ports::RepositoryError;

use crate::access::Denied;

/// Why a use case of the audit trail fails.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The person's roles do not include the permission.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}
