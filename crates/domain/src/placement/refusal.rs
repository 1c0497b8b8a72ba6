//! Why an action on a placement is refused.

use crate::{
    error::Violation as _,
    identity::permission::Permission,
    placement::{action::PlacementAction, state::PlacementStateName, violation::PlacementViolation},
    version::Version,
};

/// Why two duties on a placement must lie with two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacementSeparation {
    /// Nobody decides about one's own placement.
    #[error("this placement is your own, so another coordinator must decide")]
    OwnPlacement,
    /// Nobody verifies and validates the same work: not as a delegate either.
    #[error(
        "this person holds the placement's other part, or acts for it, so somebody else must act for this one"
    )]
    HoldsTheOtherPart,
    /// Nobody reviews one's own work.
    #[error("this person is the student of the placement, so somebody else must act for the supervisor")]
    IsTheStudent,
}

/// Why an action is refused, in the order in which it is checked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacementRefusal {
    /// The person's roles do not include the permission.
    #[error("this needs the permission {permission}, which none of your roles here has")]
    Forbidden {
        /// The permission.
        permission: Permission,
    },
    /// The person does not hold, now and on this placement, the part that the action asks for.
    #[error("you do not hold the part on this placement that the action {action} asks for")]
    NotYourPlacement {
        /// What was attempted.
        action: PlacementAction,
    },
    /// Two duties must lie with two people.
    #[error(transparent)]
    SeparationOfDuties(#[from] PlacementSeparation),
    /// The placement was changed since the person saw it.
    #[error("the placement is at version {current} by now, not {seen}; read it again before you decide")]
    Stale {
        /// The version that the person saw.
        seen: Version,
        /// The current one.
        current: Version,
    },
    /// The state does not allow the action.
    #[error("a placement that is {state} is not open to the action {action}")]
    InvalidTransition {
        /// The state.
        state: PlacementStateName,
        /// What was attempted.
        action: PlacementAction,
        /// What this person may do to it now.
        allowed: Vec<PlacementAction>,
    },
    /// Guards on the content, all that were found.
    #[error("{}", list(.0))]
    Rules(Vec<PlacementViolation>),
}

impl PlacementRefusal {
    /// The stable code; several broken rules have `validation_failed`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Forbidden { .. } => "forbidden",
            Self::NotYourPlacement { .. } => "not_your_placement",
            Self::SeparationOfDuties(_) => "separation_of_duties",
            Self::Stale { .. } => "stale_version",
            Self::InvalidTransition { .. } => "invalid_transition",
            Self::Rules(violations) => match violations.as_slice() {
                [one] => one.code(),
                _ => "validation_failed",
            },
        }
    }

    /// Nothing, or the refusal that tells all broken guards.
    pub(super) fn unless_empty(found: Vec<PlacementViolation>) -> Result<(), Self> {
        if found.is_empty() {
            Ok(())
        } else {
            Err(Self::Rules(found))
        }
    }
}

/// All sentences of the broken guards.
fn list(violations: &[PlacementViolation]) -> String {
    violations
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
