//! Why a use case about notifications and failed work fails, as a problem.

use ipt_application::engagement::EngagementError;

use crate::problem::Problem;

impl From<EngagementError> for Problem {
    fn from(error: EngagementError) -> Self {
        match error {
            EngagementError::Denied(denied) => denied.into(),
            EngagementError::NotFound(_) => Self::not_found().detail(error),
            EngagementError::Stale(stale) => stale.into(),
            EngagementError::Rules(rules) => Self::rules(rules.iter()),
            EngagementError::Repository(error) => error.into(),
        }
    }
}
