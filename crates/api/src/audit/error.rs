//! Why a use case of the audit trail fails, as a problem.

use ipt_application::audit::AuditError;

use crate::problem::Problem;

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Denied(denied) => denied.into(),
            AuditError::Rules(broken) => broken.into(),
            AuditError::Signing(error) => Self::internal(error),
            AuditError::Repository(error) => error.into(),
        }
    }
}
