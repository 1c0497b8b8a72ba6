//! What a row may refer to: the databases' foreign keys.

use ipt_domain::id::{OrganisationId, PlacementId, TenantId, UserId};
use ipt_ports::{Constraint, RepositoryError};

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
