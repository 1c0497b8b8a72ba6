//! Reads institutions.

use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
};
use ipt_ports::{RepositoryError, tenancy::TenancyReader};

use crate::memory::{fold::folded, unit_of_work::MemoryUnitOfWork};

#[async_trait::async_trait]
impl TenancyReader for MemoryUnitOfWork {
    async fn institution(&mut self, id: TenantId) -> Result<Option<Institution>, RepositoryError> {
        Ok(self
            .institutions_in_scope()
            .find(|known| known.id() == id)
            .cloned())
    }

    async fn institution_by_code(
        &mut self,
        code: &TenantCode,
    ) -> Result<Option<Institution>, RepositoryError> {
        Ok(self
            .institutions_in_scope()
            .find(|known| known.code() == code)
            .cloned())
    }

    async fn institutions(&mut self) -> Result<Vec<Institution>, RepositoryError> {
        let mut found: Vec<Institution> = self.institutions_in_scope().cloned().collect();
        found.sort_by_cached_key(|institution| (folded(institution.name()), institution.id()));
        Ok(found)
    }
}

impl MemoryUnitOfWork {
    fn institutions_in_scope(&self) -> impl Iterator<Item = &Institution> {
        let known = self.state().institutions.values().map(|made| &made.thing);
        known.filter(|institution| self.sees(institution.id()))
    }
}
