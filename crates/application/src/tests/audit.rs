//! The audit trail in memory.

use async_trait::async_trait;
use ipt_domain::audit::{
    chain::{ChainId, Link},
    record::AuditRecord,
};
use ipt_ports::{
    RepositoryError,
    audit::{AuditEntry, AuditFilter, AuditReader, AuditSort, AuditView, ChainLinker, LinkedRecord},
    page::{Page, PageRequest},
};

use super::work::MemoryWork;

impl MemoryWork {
    fn is_linked(&self, record: &AuditRecord) -> bool {
        self.state.links.iter().any(|link| link.record_id == record.id)
    }

    fn recorded<'a>(&'a self, filter: &'a AuditFilter) -> impl Iterator<Item = &'a AuditEntry> {
        let action = move |record: &AuditRecord| {
            filter
                .action
                .as_deref()
                .is_none_or(|action| record.action.starts_with(action))
        };
        self.state
            .audit
            .iter()
            .filter(|entry| entry.record.tenant == filter.tenant && self.covers_chain(&entry.record))
            .filter(move |entry| action(&entry.record))
    }

    fn covers_chain(&self, record: &AuditRecord) -> bool {
        record.tenant.is_none() || self.covers(record.tenant)
    }
}

#[async_trait]
impl AuditReader for MemoryWork {
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        page: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditView>, RepositoryError> {
        let items = self.recorded(filter).map(|entry| AuditView {
            record: entry.record.clone(),
            values: entry.detail.as_ref().map(|detail| detail.values.clone()),
            actor_name: None,
            sequence: None,
        });
        Ok(Page {
            items: items.take(usize::from(page.limit)).collect(),
            next: None,
        })
    }

    async fn audit_count(&mut self, filter: &AuditFilter) -> Result<u64, RepositoryError> {
        Ok(self.recorded(filter).count() as u64)
    }

    async fn chain_links(
        &mut self,
        chain: ChainId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LinkedRecord>, RepositoryError> {
        let links = self
            .state
            .links
            .iter()
            .filter(|link| link.chain == chain && link.sequence > after);
        let linked = links.map(|link| {
            let entry = self
                .state
                .audit
                .iter()
                .find(|entry| entry.record.id == link.record_id);
            LinkedRecord {
                link: *link,
                record: entry.map(|entry| entry.record.clone()),
                detail: entry.and_then(|entry| entry.detail.clone()),
            }
        });
        Ok(linked.take(usize::try_from(limit).unwrap()).collect())
    }

    async fn last_links(&mut self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError> {
        let last = |chain: &ChainId| {
            let of_chain = self.state.links.iter().filter(|link| link.chain == *chain);
            of_chain.max_by_key(|link| link.sequence).copied()
        };
        Ok(chains.iter().filter_map(last).collect())
    }

    async fn unlinked_count(&mut self, chain: ChainId) -> Result<u64, RepositoryError> {
        let of_chain = self
            .state
            .audit
            .iter()
            .filter(|entry| ChainId::of(&entry.record) == chain);
        Ok(of_chain.filter(|entry| !self.is_linked(&entry.record)).count() as u64)
    }

    async fn chains(&mut self) -> Result<Vec<ChainId>, RepositoryError> {
        let mut chains: Vec<_> = self
            .state
            .audit
            .iter()
            .map(|entry| ChainId::of(&entry.record))
            .collect();
        chains.sort_unstable();
        chains.dedup();
        Ok(chains)
    }
}

#[async_trait]
impl ChainLinker for MemoryWork {
    async fn take_linking(&mut self) -> Result<bool, RepositoryError> {
        Ok(!self.state.linking_taken)
    }

    async fn unlinked(&mut self, limit: u32) -> Result<Vec<AuditRecord>, RepositoryError> {
        let open = self
            .state
            .audit
            .iter()
            .filter(|entry| !self.is_linked(&entry.record));
        Ok(open
            .take(usize::try_from(limit).unwrap())
            .map(|entry| entry.record.clone())
            .collect())
    }

    async fn append_links(&mut self, links: &[Link]) -> Result<(), RepositoryError> {
        self.state.links.extend_from_slice(links);
        Ok(())
    }

    async fn record(&mut self, entry: &AuditEntry) -> Result<(), RepositoryError> {
        self.state.audit.push(entry.clone());
        Ok(())
    }
}
