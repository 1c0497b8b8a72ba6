//! Institutions in memory.

use async_trait::async_trait;
use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    page::{Page, PageRequest},
    tenancy::{InstitutionSort, TenancyReader, TenancyRepository},
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

    async fn institution_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<InstitutionSort>,
    ) -> Result<Page<Institution>, RepositoryError> {
        let mut items = self.institutions().await?;
        items.retain(|known| text.is_none_or(|text| known.code().as_str().contains(text)));
        items.truncate(usize::from(page.limit));
        Ok(Page { items, next: None })
    }

    async fn institution_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        let mut items = self.institutions().await?;
        items.retain(|known| text.is_none_or(|text| known.code().as_str().contains(text)));
        Ok(items.len() as u64)
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
        let taken =
            |known: &Institution| known.code() == institution.code() && known.id() != institution.id();
        if self.state.institutions.iter().any(taken) {
            return Err(RepositoryError::Conflict(Constraint::TenantCode));
        }
        self.state
            .institutions
            .retain(|known| known.id() != institution.id());
        self.state.institutions.push(institution.clone());
        self.state.leave(trail);
        Ok(())
    }
}
