//! Why an action on an entry is refused.

use crate::{
    error::Violation,
    identity::permission::Permission,
    logbook::{action::Action, state::StateName, violation::LogViolation},
    version::Version,
};

/// Why two duties must lie with two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Separation {
    /// Who verified any revision of an entry never validates it.
    #[error("you verified a revision of this entry for the workplace, so somebody else must validate it")]
    VerifiedBefore,
    /// Nobody reviews an entry about oneself.
    #[error("this entry is about you, so somebody else must review it")]
    AboutOneself,
    /// Who flagged an entry does not resolve that flag.
    #[error("you flagged this entry, so another coordinator must resolve it")]
    FlaggedBySelf,
}

/// Why an action is refused, in the order in which it is checked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The entry does not exist for this person.
    #[error("there is no such log entry")]
    NotFound,
    /// The person's roles do not include the permission.
    #[error("this needs the permission {permission}, which none of your roles here has")]
    Forbidden {
        /// The permission.
        permission: Permission,
    },
    /// The person does not hold, now and on this placement, the part that the action asks for.
    #[error("you do not hold the part on this placement that may {action} its entries")]
    NotYourPlacement {
        /// What was attempted.
        action: Action,
    },
    /// Two duties must lie with two people.
    #[error(transparent)]
    SeparationOfDuties(#[from] Separation),
    /// The entry was changed since the person saw it.
    #[error("the entry is at version {current} by now, not {seen}; read it again before you decide")]
    Stale {
        /// The version that the person saw.
        seen: Version,
        /// The current one.
        current: Version,
    },
    /// The state does not allow the action.
    #[error("an entry that is {state} cannot be changed by {action}")]
    InvalidTransition {
        /// The state.
        state: StateName,
        /// What was attempted.
        action: Action,
        /// What this person may do to it now.
        allowed: Vec<Action>,
    },
    /// Guards on the content, all that were found.
    #[error("{}", list(.0))]
    Rules(Vec<LogViolation>),
}

impl Refusal {
    /// The stable code; several broken rules have `validation_failed`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
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
}

/// All sentences of the broken rules.
fn list(violations: &[LogViolation]) -> String {
    violations
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
