//! Why a use case about placements fails.

use ipt_domain::{id::OrganisationId, placement::refusal::PlacementRefusal};
use ipt_ports::{Constraint, RepositoryError};

use crate::{
    access::Denied,
    concurrency::{LostRace, StaleVersion, code_of, is_stale},
    rules::BrokenRules,
};

/// Why a use case about placements fails.
#[derive(Debug, thiserror::Error)]
pub enum PlacementError {
    /// The thing does not exist for this person.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A permission is missing.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The domain refuses: whose placement it is, a separation of duties, or the state.
    #[error(transparent)]
    Refusal(PlacementRefusal),
    /// The thing was changed in the meantime.
    #[error(transparent)]
    Stale(#[from] StaleVersion),
    /// There is an organisation of this name in this city already, which may be the same.
    #[error(
        "an organisation of this name in this city is known already; deal with that one, or say that this is another"
    )]
    OrganisationExists(OrganisationId),
    /// Rules are broken.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl PlacementError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Denied(denied) => denied.code(),
            Self::Refusal(refusal) => refusal.code(),
            Self::Stale(stale) => stale.code(),
            Self::OrganisationExists(_) => "organisation_exists",
            Self::Rules(rules) => rules.code(),
            Self::Repository(error) => code_of(error),
        }
    }
}

impl From<PlacementRefusal> for PlacementError {
    /// What every context tells in one form is put into it.
    fn from(refusal: PlacementRefusal) -> Self {
        match refusal {
            PlacementRefusal::Forbidden { permission } => Self::Denied(Denied { permission }),
            PlacementRefusal::Stale { seen, current } => Self::Stale(StaleVersion { seen, current }),
            PlacementRefusal::Rules(found) => {
                let mut broken = BrokenRules::default();
                broken.extend(found);
                Self::Rules(broken)
            }
            PlacementRefusal::NotYourPlacement { .. }
            | PlacementRefusal::SeparationOfDuties(_)
            | PlacementRefusal::InvalidTransition { .. } => Self::Refusal(refusal),
        }
    }
}

impl LostRace for PlacementError {
    fn is_lost_race(&self) -> bool {
        match self {
            // Somebody else has just made it: there is one to deal with now.
            Self::Repository(RepositoryError::Conflict(Constraint::OrganisationName)) => true,
            Self::Repository(error) => is_stale(error),
            Self::NotFound(_)
            | Self::Denied(_)
            | Self::Refusal(_)
            | Self::Stale(_)
            | Self::OrganisationExists(_)
            | Self::Rules(_) => false,
        }
    }
}
