//! Reads institutions.

use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    tenancy::{InstitutionSort, TenancyReader},
};

use crate::memory::{
    fold::{contains, folded},
    keyset::{self, Key, Kind},
    unit_of_work::MemoryUnitOfWork,
};

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

    async fn institution_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<InstitutionSort>,
    ) -> Result<Page<Institution>, RepositoryError> {
        let key = |institution: &&Institution, field| match field {
            InstitutionSort::Name => Some(Key::Text(folded(institution.name()))),
            InstitutionSort::Code => Some(Key::Text(institution.code().as_str().to_owned())),
        };
        let id = |institution: &&Institution| institution.id().uuid();
        let found = keyset::page(self.institutions_matching(text), |_| Kind::Text, key, id, page)?;
        Ok(found.map(Clone::clone))
    }

    async fn institution_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        Ok(self.institutions_matching(text).count() as u64)
    }
}

impl MemoryUnitOfWork {
    fn institutions_in_scope(&self) -> impl Iterator<Item = &Institution> {
        let known = self.state().institutions.values().map(|made| &made.thing);
        known.filter(|institution| self.sees(institution.id()))
    }

    fn institutions_matching<'a>(&'a self, text: Option<&'a str>) -> impl Iterator<Item = &'a Institution> {
        self.institutions_in_scope().filter(move |known| {
            text.is_none_or(|text| contains(known.name(), text) || contains(known.code().as_str(), text))
        })
    }
}
