//! Programmes: a course of study's practical training, with its window, its requirements and its versioned policy.

pub mod create;
pub mod get;
pub mod list;
pub mod update;

use ipt_domain::placement::programme::Programme;
use ipt_ports::{Constraint, RepositoryError};
use serde_json::{Value, json};

use super::{PlacementError, RequestViolation};
use crate::rules::BrokenRules;

/// A programme, as it stands in the trail.
fn values(programme: &Programme) -> Value {
    json!({
        "name": programme.name(),
        "code": programme.code(),
        "credit_units": programme.credit_units().as_units(),
        "requirement": programme.requirement(),
        "window": programme.window(),
        "policy_version": programme.policy_version(),
        "policy": programme.policy(),
    })
}

/// A code that is taken, told as a broken rule.
fn taken(error: RepositoryError) -> PlacementError {
    match error {
        RepositoryError::Conflict(Constraint::ProgrammeCode) => {
            BrokenRules::one(RequestViolation::ProgrammeCodeTaken).into()
        }
        RepositoryError::Conflict(_)
        | RepositoryError::Stale
        | RepositoryError::Unavailable(_)
        | RepositoryError::Corrupt(_)
        | RepositoryError::Backend(_) => error.into(),
    }
}
