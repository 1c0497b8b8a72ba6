//! Why a use case about the institution fails.

use ipt_domain::{
    error::Violation,
    tenancy::{
        branding::{ColourError, LogoUrlError},
        calendar::WeekendError,
        institution::TenantCodeError,
    },
    text::TextError,
};
use ipt_ports::{Constraint, RepositoryError};

use crate::{
    access::Denied,
    concurrency::{LostRace, StaleVersion, code_of},
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
        matches!(
            self,
            Self::Repository(RepositoryError::Stale | RepositoryError::Conflict(Constraint::TenantCode))
        )
    }
}

/// One broken rule about the institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TenancyViolation {
    /// The name cannot be one.
    #[error("{0}")]
    Name(TextError),
    /// The code has no form of one.
    #[error(transparent)]
    Code(TenantCodeError),
    /// Another institution has this code.
    #[error("there is an institution with this code already")]
    CodeTaken,
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
    /// The name at the head of mails cannot be one.
    #[error("{0}")]
    DisplayName(TextError),
    /// The colour is none.
    #[error(transparent)]
    Colour(ColourError),
    /// The text in place of a logo cannot be one.
    #[error("{0}")]
    LogoText(TextError),
    /// The address of the logo is none, or not an https one.
    #[error(transparent)]
    LogoUrl(LogoUrlError),
}

impl Violation for TenancyViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Name(error) | Self::DisplayName(error) | Self::LogoText(error) => error.code(),
            Self::Code(error) => error.code(),
            Self::CodeTaken => "tenant_code_taken",
            Self::Zone(error) => error.code(),
            Self::Weekend(error) => error.code(),
            Self::TooManyHolidays { .. } => "too_many_holidays",
            Self::Colour(error) => error.code(),
            Self::LogoUrl(error) => error.code(),
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Name(_) => "/name",
            Self::Zone(_) => "/timezone",
            Self::Weekend(_) => "/weekend_days",
            Self::TooManyHolidays { .. } => "/holidays",
            Self::Code(_) | Self::CodeTaken => "/code",
            Self::DisplayName(_) => "/branding/display_name",
            Self::Colour(_) => "/branding/colour",
            Self::LogoText(_) => "/branding/logo_text",
            Self::LogoUrl(_) => "/branding/logo_url",
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(self, Self::CodeTaken)
    }
}
