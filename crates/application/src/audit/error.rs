//! Why a use case of the audit trail fails.

use ipt_ports::{RepositoryError, audit::SigningError};

use crate::{access::Denied, rules::BrokenRules};

/// Why a use case of the audit trail fails.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The person's roles do not include the permission.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A checkpoint is none, or not of the trail that is to be verified.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// Nothing was signed.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}
