//! Why a use case about placements fails, as a problem.

use ipt_application::placement::PlacementError;
use ipt_domain::placement::refusal::PlacementRefusal;

use crate::{
    codes::{
        self,
        protocol::{CONFLICT, FORBIDDEN},
    },
    problem::Problem,
};

impl From<PlacementError> for Problem {
    fn from(error: PlacementError) -> Self {
        match error {
            PlacementError::NotFound(_) => Self::not_found().detail(error),
            PlacementError::Denied(denied) => denied.into(),
            PlacementError::Refusal(refusal) => refused(refusal),
            PlacementError::Stale(stale) => stale.into(),
            PlacementError::Rules(broken) => broken.into(),
            PlacementError::Repository(error) => error.into(),
        }
    }
}

/// What the domain refuses.
fn refused(refusal: PlacementRefusal) -> Problem {
    let problem = |otherwise| Problem::new(codes::find(refusal.code()).unwrap_or(otherwise)).detail(&refusal);
    match &refusal {
        PlacementRefusal::Forbidden { .. }
        | PlacementRefusal::NotYourPlacement { .. }
        | PlacementRefusal::SeparationOfDuties(_) => problem(FORBIDDEN),
        PlacementRefusal::Stale { current, .. } => Problem::stale(*current, &refusal),
        PlacementRefusal::InvalidTransition { state, action, allowed } => {
            let allowed: Vec<_> = allowed.iter().map(|action| action.as_str()).collect();
            problem(CONFLICT).with("state", state.as_str()).with("action", action.as_str()).with("allowed", allowed)
        }
        PlacementRefusal::Rules(violations) => Problem::rules(violations),
    }
}
