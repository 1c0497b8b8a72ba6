//! Why a use case about the institution fails.

use ipt_domain::{error::Violation, tenancy::calendar::WeekendError, text::TextError};
use ipt_ports::RepositoryError;

use crate::{
    access::Denied,
    concurrency::{LostRace, StaleVersion, code_of, is_stale},
    rules::BrokenRules,
    zone::UnknownZone,
};

/// Why a use case about the institution fails.
#[derive(Debug, thiserror::Error)]
pub enum TenancyError {
    /// The institution is gone.
    #[error("there is no such institution")]
    NotFound,
    /// A permission is missing.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The institution was changed in the meantime.
    #[error(transparent)]
    Stale(#[from] StaleVersion),
    /// Rules are broken.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl TenancyError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Denied(denied) => denied.code(),
            Self::Stale(stale) => stale.code(),
            Self::Rules(rules) => rules.code(),
            Self::Repository(error) => code_of(error),
        }
    }
}

impl LostRace for TenancyError {
    fn is_lost_race(&self) -> bool {
        matches!(self, Self::Repository(error) if is_stale(error))
    }
}

/// One broken rule about the institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TenancyViolation {
    /// The name cannot be one.
    #[error("{0}")]
    Name(TextError),
    /// The time zone is none.
    #[error(transparent)]
    Zone(UnknownZone),
    /// The weekend leaves no working day.
    #[error(transparent)]
    Weekend(WeekendError),
    /// More holidays than a calendar takes.
    #[error("a calendar takes at most {max} holidays")]
    TooManyHolidays {
        /// The most.
        max: usize,
    },
}

impl Violation for TenancyViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Name(error) => error.code(),
            Self::Zone(error) => error.code(),
            Self::Weekend(error) => error.code(),
            Self::TooManyHolidays { .. } => "too_many_holidays",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Name(_) => "/name",
            Self::Zone(_) => "/timezone",
            Self::Weekend(_) => "/weekend_days",
            Self::TooManyHolidays { .. } => "/holidays",
        }
    }
}
