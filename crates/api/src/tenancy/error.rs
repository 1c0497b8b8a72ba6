//! Why a use case about the institution fails, as a problem.

use ipt_application::tenancy::TenancyError;

use crate::problem::Problem;

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::NotFound => Self::not_found().detail(error),
            TenancyError::Denied(denied) => denied.into(),
            TenancyError::Stale(stale) => stale.into(),
            TenancyError::Rules(broken) => broken.into(),
            TenancyError::Repository(error) => error.into(),
        }
    }
}
