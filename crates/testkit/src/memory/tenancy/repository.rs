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
        let stored = self
            .state()
            .institutions
            .get(&id)
            .map(|made| (made.thing.version(), made.created_at));
        let created_at = self.made_at(stored, replaces, trail)?;
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
