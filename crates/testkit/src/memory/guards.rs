//! What keeps a row right: the version that a change replaces, constraints, and the databases' foreign keys.

use ipt_domain::{
    Instant,
    id::{OrganisationId, PlacementId, TenantId, UserId},
    version::Version,
};
use ipt_ports::{Constraint, RepositoryError, engagement::Trail};

use super::{state::State, unit_of_work::MemoryUnitOfWork};

impl State {
    pub(crate) fn has_institution(&self, tenant: TenantId) -> bool {
        self.institutions.contains_key(&tenant)
    }

    pub(crate) fn has_person(&self, user: UserId) -> bool {
        self.accounts.contains_key(&user)
    }

    pub(crate) fn has_organisation(&self, organisation: OrganisationId) -> bool {
        self.organisations.contains_key(&organisation)
    }

    /// Whether the institution has this placement.
    pub(crate) fn has_placement(&self, tenant: TenantId, placement: PlacementId) -> bool {
        self.placements
            .get(&placement)
            .is_some_and(|known| known.tenant_id() == tenant)
    }
}

impl MemoryUnitOfWork {
    /// Refuses a change of a thing that is not at the version which it replaces any more, or is gone.
    pub(crate) fn check_version(
        &self,
        stored: Option<Version>,
        replaced: Version,
    ) -> Result<(), RepositoryError> {
        if stored == Some(replaced) && !self.loses_race() {
            Ok(())
        } else {
            Err(RepositoryError::Stale)
        }
    }

    /// When a thing is made: at the time of its trail when it is new, otherwise when it was. Guards its version.
    pub(crate) fn made_at(
        &mut self,
        stored: Option<(Version, Instant)>,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<Instant, RepositoryError> {
        match (stored, replaces) {
            (None, None) => Ok(trail.audit.record.at),
            (Some(_), None) => Err(self.conflict(Constraint::Other)),
            (stored, Some(expected)) => {
                self.check_version(stored.map(|(version, _)| version), expected)?;
                stored
                    .map(|(_, created_at)| created_at)
                    .ok_or(RepositoryError::Stale)
            }
        }
    }

    /// Refuses a row that refers to something that does not exist.
    pub(crate) fn refers(&mut self, exists: bool) -> Result<(), RepositoryError> {
        self.hold(exists, Constraint::Reference)
    }

    /// Refuses a row that breaks a constraint.
    pub(crate) fn hold(&mut self, holds: bool, constraint: Constraint) -> Result<(), RepositoryError> {
        if holds {
            Ok(())
        } else {
            Err(self.conflict(constraint))
        }
    }
}
