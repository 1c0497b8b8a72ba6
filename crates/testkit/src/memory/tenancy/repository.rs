//! Writes institutions.

use ipt_domain::{tenancy::institution::Institution, version::Version};
use ipt_ports::{Constraint, RepositoryError, engagement::Trail, tenancy::TenancyRepository};

use crate::memory::{state::Made, unit_of_work::MemoryUnitOfWork};

#[async_trait::async_trait]
impl TenancyRepository for MemoryUnitOfWork {
    async fn save_institution(
        &mut self,
        institution: &Institution,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let id = institution.id();
        self.demand(Some(id))?;
        let stored = self.state().institutions.get(&id);
        let created_at = match (replaces, stored) {
            (None, None) => trail.audit.record.at,
            (None, Some(_)) => return Err(self.conflict(Constraint::Other)),
            (Some(version), Some(stored)) if stored.thing.version() == version => stored.created_at,
            (Some(_), _) => return Err(RepositoryError::Stale),
        };
        let others = || {
            self.state()
                .institutions
                .values()
                .filter(|known| known.thing.id() != id)
        };
        let free = others().all(|known| known.thing.code() != institution.code());
        self.hold(free, Constraint::TenantCode)?;
        self.change().institutions.insert(
            id,
            Made {
                thing: institution.clone(),
                created_at,
            },
        );
        self.leave(trail)
    }
}
