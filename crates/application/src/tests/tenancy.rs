//! Institutions in memory.

use async_trait::async_trait;
use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    engagement::Trail,
    tenancy::{TenancyReader, TenancyRepository},
};

use super::work::MemoryWork;

#[async_trait]
impl TenancyReader for MemoryWork {
    async fn institution(&mut self, id: TenantId) -> Result<Option<Institution>, RepositoryError> {
        let found = self.state.institutions.iter().find(|known| known.id() == id);
        Ok(found.filter(|known| self.covers(Some(known.id()))).cloned())
    }

    async fn institution_by_code(
        &mut self,
        code: &TenantCode,
    ) -> Result<Option<Institution>, RepositoryError> {
        let found = self.state.institutions.iter().find(|known| known.code() == code);
        Ok(found.filter(|known| self.covers(Some(known.id()))).cloned())
    }

    async fn institutions(&mut self) -> Result<Vec<Institution>, RepositoryError> {
        Ok(self
            .state
            .institutions
            .iter()
            .filter(|known| self.covers(Some(known.id())))
            .cloned()
            .collect())
    }
}

#[async_trait]
impl TenancyRepository for MemoryWork {
    async fn save_institution(
        &mut self,
        institution: &Institution,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let stored = self
            .state
            .institutions
            .iter()
            .find(|known| known.id() == institution.id());
        let stored = stored.map(Institution::version);
        self.guard(stored, replaces)?;
        self.state
            .institutions
            .retain(|known| known.id() != institution.id());
        self.state.institutions.push(institution.clone());
        self.state.leave(trail);
        Ok(())
    }
}
