//! Reads the audit trail and its chains.

use std::collections::BTreeSet;

use ipt_domain::audit::{
    chain::{ChainId, Link},
    record::AuditRecord,
};
use ipt_ports::{
    RepositoryError,
    audit::{AuditFilter, AuditReader, AuditSort, AuditView, LinkedRecord},
    page::{Page, PageRequest},
};

use crate::memory::{
    keyset::{self, Key, Kind},
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl AuditReader for MemoryUnitOfWork {
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        page: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditView>, RepositoryError> {
        let kind = |field| match field {
            AuditSort::At => Kind::Instant,
        };
        let key = |record: &&AuditRecord, field| match field {
            AuditSort::At => Some(Key::Instant(record.at)),
        };
        let id = |record: &&AuditRecord| record.id.uuid();
        let found = keyset::page(self.records_matching(filter), kind, key, id, page)?;
        Ok(found.map(|record| self.view(record)))
    }

    async fn audit_count(&mut self, filter: &AuditFilter) -> Result<u64, RepositoryError> {
        Ok(self.records_matching(filter).count() as u64)
    }

    async fn chain_links(
        &mut self,
        chain: ChainId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LinkedRecord>, RepositoryError> {
        if !self.sees(chain.tenant()) {
            return Ok(Vec::new());
        }
        let state = self.state();
        let behind = state
            .links
            .range((chain, after.saturating_add(1))..=(chain, u64::MAX));
        let linked = behind.map(|(_, link)| LinkedRecord {
            link: *link,
            record: state.records.get(&link.record_id).cloned(),
            detail: state.details.get(&link.record_id).cloned(),
        });
        Ok(linked
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect())
    }

    async fn last_links(&mut self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError> {
        let last = |chain: &ChainId| {
            let own = self.state().links.range((*chain, 0)..=(*chain, u64::MAX));
            own.map(|(_, link)| *link).next_back()
        };
        Ok(chains
            .iter()
            .filter(|chain| self.sees(chain.tenant()))
            .filter_map(last)
            .collect())
    }

    async fn unlinked_count(&mut self, chain: ChainId) -> Result<u64, RepositoryError> {
        let waiting = self.state().unlinked.values().filter(|known| **known == chain);
        Ok(waiting.filter(|known| self.sees(known.tenant())).count() as u64)
    }

    async fn chains(&mut self) -> Result<Vec<ChainId>, RepositoryError> {
        let linked = self.state().links.values().map(|link| link.chain);
        let known: BTreeSet<ChainId> = linked.chain(self.state().unlinked.values().copied()).collect();
        Ok(known
            .into_iter()
            .filter(|chain| self.sees(chain.tenant()))
            .collect())
    }
}

impl MemoryUnitOfWork {
    fn records_matching<'a>(&'a self, filter: &'a AuditFilter) -> impl Iterator<Item = &'a AuditRecord> {
        let records = self
            .state()
            .records
            .values()
            .filter(|record| self.sees(record.tenant));
        records.filter(move |record| matches(filter, record))
    }

    fn view(&self, record: &AuditRecord) -> AuditView {
        let state = self.state();
        let link = state.links.values().find(|link| link.record_id == record.id);
        AuditView {
            record: record.clone(),
            values: state.details.get(&record.id).map(|detail| detail.values.clone()),
            actor_name: record
                .actor
                .and_then(|actor| state.accounts.get(&actor))
                .map(|known| known.account.full_name.as_str().to_owned()),
            sequence: link.map(|link| link.sequence),
        }
    }
}

fn matches(filter: &AuditFilter, record: &AuditRecord) -> bool {
    let action = |wanted: &str| {
        if wanted.ends_with('.') {
            record.action.starts_with(wanted)
        } else {
            record.action == wanted
        }
    };
    record.tenant == filter.tenant
        && filter.actor.is_none_or(|actor| record.actor == Some(actor))
        && filter.action.as_deref().is_none_or(action)
        && filter.object.is_none_or(|object| record.object_id == object)
        && filter.from.is_none_or(|from| record.at >= from)
        && filter.to.is_none_or(|to| record.at < to)
}
