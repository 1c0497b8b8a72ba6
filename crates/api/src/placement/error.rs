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
            PlacementError::Refusal(refusal) => refused(&refusal),
            PlacementError::Stale(stale) => stale.into(),
            PlacementError::OrganisationExists(known) => {
                let code = codes::find("organisation_exists").unwrap_or(CONFLICT);
                Self::new(code)
                    .detail(error)
                    .with("organisation_id", known.to_string())
            }
            PlacementError::Rules(broken) => broken.into(),
            PlacementError::Repository(error) => error.into(),
        }
    }
}

/// What the domain refuses.
fn refused(refusal: &PlacementRefusal) -> Problem {
    let problem = |otherwise| Problem::new(codes::find(refusal.code()).unwrap_or(otherwise)).detail(refusal);
    match refusal {
        PlacementRefusal::Forbidden { .. }
        | PlacementRefusal::NotYourPlacement { .. }
        | PlacementRefusal::SeparationOfDuties(_) => problem(FORBIDDEN),
        PlacementRefusal::Stale { current, .. } => Problem::stale(*current, refusal),
        PlacementRefusal::InvalidTransition {
            state,
            action,
            allowed,
        } => {
            let allowed: Vec<_> = allowed.iter().map(|action| action.as_str()).collect();
            problem(CONFLICT)
                .with("state", state.as_str())
                .with("action", action.as_str())
                .with("allowed", allowed)
        }
        PlacementRefusal::Rules(violations) => Problem::rules(violations),
    }
}

#[cfg(test)]
mod tests {
    use ipt_application::placement::PlacementError;
    use ipt_domain::{
        placement::{
            action::PlacementAction, refusal::PlacementRefusal, state::PlacementStateName,
            violation::PlacementViolation,
        },
        version::Version,
    };
    use serde_json::json;

    use crate::problem::Problem;

    fn told(refusal: PlacementRefusal) -> serde_json::Value {
        Problem::from(PlacementError::from(refusal)).to_value()
    }

    #[test]
    fn an_action_that_the_state_does_not_allow_is_told_with_those_that_it_does() {
        let refusal = PlacementRefusal::InvalidTransition {
            state: PlacementStateName::Active,
            action: PlacementAction::Approve,
            allowed: vec![PlacementAction::Suspend, PlacementAction::Terminate],
        };
        let told = told(refusal);
        assert_eq!(
            (told["status"].as_u64(), told["code"].as_str()),
            (Some(409), Some("invalid_transition"))
        );
        let members = json!({"state": "active", "action": "approve", "allowed": ["suspend", "terminate"]});
        assert_eq!(told["members"], members);
    }

    #[test]
    fn a_stale_version_is_told_with_the_current_one() {
        let told = told(PlacementRefusal::Stale {
            seen: Version::new(2),
            current: Version::new(5),
        });
        assert_eq!(
            (told["status"].as_u64(), told["code"].as_str()),
            (Some(412), Some("stale_version"))
        );
        assert_eq!(told["members"]["current_version"], 5);
    }

    #[test]
    fn broken_guards_come_together_conflicts_first() {
        let told = told(PlacementRefusal::Rules(vec![
            PlacementViolation::OrganisationNotVerified,
            PlacementViolation::OpenEntries { count: 2 },
        ]));
        assert_eq!(
            (told["status"].as_u64(), told["code"].as_str()),
            (Some(409), Some("open_entries"))
        );
    }
}
