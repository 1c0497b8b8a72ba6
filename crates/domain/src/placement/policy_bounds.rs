//! The bounds of a policy's numbers, and what is told when one is broken.

use crate::{
    error::Violation,
    logbook::{
        hours::{Minutes, WorkedHours},
        kind::DayKind,
    },
};

/// The bounds of one number of a policy, both included, and the number that holds when nothing is said. Hours are
/// counted in whole hours here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The key in a policy.
    pub key: &'static str,
    /// Its place in a programme.
    pub pointer: &'static str,
    /// The number when nothing is said.
    pub default: u32,
    /// The least.
    pub low: u32,
    /// The greatest.
    pub high: u32,
}

/// A number of a policy that cannot be, or cannot be beside another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyViolation {
    /// A number is out of its bounds.
    #[error("{key} is {found}; it must be between {low} and {high}", key = .bounds.key, low = .bounds.low, high = .bounds.high)]
    OutOfBounds {
        /// The bounds.
        bounds: Bounds,
        /// The number given.
        found: String,
    },
    /// Hours are given that are not a multiple of a quarter.
    #[error("{key} is {found}; it must be given in quarter hours", key = .bounds.key)]
    NotQuarterHours {
        /// The bounds.
        bounds: Bounds,
        /// The hours given.
        found: String,
    },
    /// A number exceeds another that is its limit.
    #[error("{key} is greater than {limit}", key = .bounds.key)]
    Inconsistent {
        /// The bounds of the number that is too great.
        bounds: Bounds,
        /// The key of its limit.
        limit: &'static str,
    },
    /// A kind of working day is named among the absences that earn credit.
    #[error(
        "credit_day_kinds names {0}, which is no absence: only sick, authorised_leave, public_holiday, host_closed and no_supervisor are"
    )]
    NotAnAbsence(DayKind),
}

impl PolicyViolation {
    /// The key of the policy that it concerns.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::OutOfBounds { bounds, .. }
            | Self::NotQuarterHours { bounds, .. }
            | Self::Inconsistent { bounds, .. } => bounds.key,
            Self::NotAnAbsence(_) => "credit_day_kinds",
        }
    }
}

impl Violation for PolicyViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::OutOfBounds { .. } => "policy_out_of_bounds",
            Self::NotQuarterHours { .. } => "policy_not_quarter_hours",
            Self::Inconsistent { .. } => "policy_inconsistent",
            Self::NotAnAbsence(_) => "policy_not_an_absence",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::OutOfBounds { bounds, .. }
            | Self::NotQuarterHours { bounds, .. }
            | Self::Inconsistent { bounds, .. } => bounds.pointer,
            Self::NotAnAbsence(_) => "/policy/credit_day_kinds",
        }
    }
}

/// The standard day.
pub(super) const STANDARD_DAY: Bounds = Bounds {
    key: "standard_day_hours",
    pointer: "/policy/standard_day_hours",
    default: 8,
    low: 1,
    high: 16,
};
/// The longest day.
pub(super) const MAX_DAY: Bounds = Bounds {
    key: "max_day_hours",
    pointer: "/policy/max_day_hours",
    default: 12,
    low: 1,
    high: 16,
};
/// The week at which credit stops.
pub(super) const MAX_WEEK: Bounds = Bounds {
    key: "max_week_hours",
    pointer: "/policy/max_week_hours",
    default: 60,
    low: 10,
    high: 100,
};

/// The standard day when nothing is said.
pub(super) const DEFAULT_STANDARD_DAY: WorkedHours = whole_hours(STANDARD_DAY);
/// The longest day when nothing is said.
pub(super) const DEFAULT_MAX_DAY: WorkedHours = whole_hours(MAX_DAY);
/// The week at which credit stops when nothing is said.
pub(super) const DEFAULT_MAX_WEEK: Minutes = Minutes::new(MAX_WEEK.default * 60);

/// The default of a day's hours.
#[expect(
    clippy::panic,
    reason = "evaluated by the compiler only: a wrong default does not build"
)]
const fn whole_hours(bounds: Bounds) -> WorkedHours {
    match WorkedHours::from_minutes(bounds.default * 60) {
        Ok(hours) => hours,
        Err(_) => panic!("a default that is no worked time"),
    }
}

/// The number given for a key when it is within bounds; the default, and a violation told, when it is not.
pub(super) fn number<N: TryFrom<u32> + Default>(
    given: Option<i64>,
    bounds: Bounds,
    told: &mut Vec<PolicyViolation>,
) -> N {
    let number = match given.map(u32::try_from) {
        None => bounds.default,
        Some(Ok(number)) if (bounds.low..=bounds.high).contains(&number) => number,
        Some(Ok(_) | Err(_)) => {
            told.push(PolicyViolation::OutOfBounds {
                bounds,
                found: given.map(|number| number.to_string()).unwrap_or_default(),
            });
            bounds.default
        }
    };
    N::try_from(number).unwrap_or_default()
}

/// The hours given for a key when these are within bounds and whole quarters; the default, and a violation told, when
/// they are not.
pub(super) fn hours(given: Option<f64>, bounds: Bounds, told: &mut Vec<PolicyViolation>) -> Minutes {
    let default = Minutes::new(bounds.default * 60);
    let Some(hours) = given else { return default };
    if !(f64::from(bounds.low)..=f64::from(bounds.high)).contains(&hours) {
        told.push(PolicyViolation::OutOfBounds {
            bounds,
            found: hours.to_string(),
        });
        return default;
    }
    let quarters = hours * 4.0;
    if quarters.fract() != 0.0 {
        told.push(PolicyViolation::NotQuarterHours {
            bounds,
            found: hours.to_string(),
        });
        return default;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number within the bounds, which are at most a few hundred"
    )]
    let quarters = quarters as u32;
    Minutes::new(quarters * 15)
}

/// As [`hours`], for a number that is the worked time of a day.
pub(super) fn hours_of_day(
    given: Option<f64>,
    bounds: Bounds,
    told: &mut Vec<PolicyViolation>,
) -> WorkedHours {
    WorkedHours::from_minutes(hours(given, bounds, told).get()).unwrap_or(whole_hours(bounds))
}

/// Everything that is wrong with a policy, as one error.
#[cfg(feature = "serde")]
#[derive(Debug)]
pub struct PolicyProblems(pub Vec<PolicyViolation>);

#[cfg(feature = "serde")]
impl std::fmt::Display for PolicyProblems {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let problems: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        formatter.write_str(&problems.join("; "))
    }
}
