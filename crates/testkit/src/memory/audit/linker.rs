//! Links records into their chains.

use ipt_domain::audit::{chain::Link, record::AuditRecord};
use ipt_ports::{
    Constraint, RepositoryError,
    audit::{AuditEntry, ChainLinker},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

#[async_trait::async_trait]
impl ChainLinker for MemoryUnitOfWork {
    /// Whoever writes is alone, and so has the right already, unless somebody else is said to have it.
    async fn take_linking(&mut self) -> Result<bool, RepositoryError> {
        Ok(!self.linking_taken())
    }

    async fn unlinked(&mut self, limit: u32) -> Result<Vec<AuditRecord>, RepositoryError> {
        let waiting = self
            .state()
            .unlinked
            .iter()
            .filter(|(_, chain)| self.sees(chain.tenant()));
        let records = waiting
            .filter_map(|(id, _)| self.state().records.get(id))
            .cloned();
        Ok(records
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect())
    }

    async fn append_links(&mut self, links: &[Link]) -> Result<(), RepositoryError> {
        for link in links {
            self.demand(link.chain.tenant())?;
            let free = !self.state().links.contains_key(&(link.chain, link.sequence));
            let unlinked = self
                .state()
                .links
                .values()
                .all(|known| known.record_id != link.record_id);
            self.hold(free && unlinked, Constraint::Other)?;
            let state = self.change();
            state.links.insert((link.chain, link.sequence), *link);
            state.unlinked.remove(&link.record_id);
        }
        Ok(())
    }

    async fn record(&mut self, entry: &AuditEntry) -> Result<(), RepositoryError> {
        self.record_entry(entry)
    }
}
