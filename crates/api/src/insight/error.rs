//! Why a dashboard fails, as a problem.

use ipt_application::insight::InsightError;

use crate::problem::Problem;

impl From<InsightError> for Problem {
    fn from(error: InsightError) -> Self {
        match error {
            InsightError::Denied(denied) => denied.into(),
            InsightError::NoInstitution => Self::not_found().detail(error),
            InsightError::Repository(error) => error.into(),
        }
    }
}
