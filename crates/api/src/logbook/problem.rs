//! Failures of the logbook's use cases, as problems.

use ipt_application::logbook::LogbookError;
use ipt_domain::logbook::refusal::Refusal;
use serde_json::json;

use crate::{
    codes,
    codes::protocol::{FORBIDDEN, INTERNAL, STALE_VERSION},
    problem::Problem,
};

impl From<LogbookError> for Problem {
    fn from(error: LogbookError) -> Self {
        match error {
            LogbookError::Refusal(refusal) => refused(&refusal),
            LogbookError::PlacementNotFound | LogbookError::AttachmentNotFound => {
                Self::not_found().detail(error)
            }
            LogbookError::NoActivePlacement => Self::rule("placement_not_active", "/placement_id", error),
            LogbookError::PlacementRequired => Self::rule("placement_required", "/placement_id", error),
            LogbookError::NumberOfEntries { .. } => Self::rule("invalid_value", "/log_ids", error),
            LogbookError::Blob(error) => error.into(),
            LogbookError::Repository(error) => error.into(),
        }
    }
}

/// A refusal of the domain.
fn refused(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::NotFound => Problem::not_found(),
        Refusal::Forbidden { .. } => Problem::new(FORBIDDEN).detail(refusal),
        Refusal::NotYourPlacement { .. } | Refusal::SeparationOfDuties(_) => named(refusal),
        Refusal::Stale { .. } => Problem::new(STALE_VERSION).detail(refusal),
        Refusal::InvalidTransition {
            state,
            action,
            allowed,
        } => named(refusal)
            .with("state", state.as_str())
            .with("action", action.as_str())
            .with("allowed", json!(allowed)),
        Refusal::Rules(violations) => Problem::rules(violations),
    }
}

fn named(refusal: &Refusal) -> Problem {
    Problem::new(codes::find(refusal.code()).unwrap_or(INTERNAL)).detail(refusal)
}
