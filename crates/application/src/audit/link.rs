//! Linking records into their chains, shortly after the changes that made them were committed.

use std::collections::BTreeMap;

use ipt_domain::audit::{
    chain::{ChainId, Head, Link},
    record::AuditRecord,
};
use ipt_ports::{RepositoryError, Scope, SystemScope};

use super::hash;
use crate::Services;

/// How many records are linked in one transaction.
const BATCH: u32 = 500;

/// Links whatever is not linked yet, unless somebody else is at it; how many records were linked.
///
/// # Errors
/// [`RepositoryError`]; the batch under way is linked another time.
#[tracing::instrument(name = "usecase.audit.link", skip_all)]
pub async fn execute(services: &Services) -> Result<u64, RepositoryError> {
    let mut linked = 0;
    loop {
        let batch = link_batch(services).await?;
        linked += u64::from(batch);
        if batch < BATCH {
            return Ok(linked);
        }
    }
}

/// Links one batch, in a transaction of its own; how many records there were.
async fn link_batch(services: &Services) -> Result<u32, RepositoryError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::ChainLinker))
        .await?;
    if !work.chain().take_linking().await? {
        return Ok(0);
    }
    let records = work.chain().unlinked(BATCH).await?;
    if records.is_empty() {
        return Ok(0);
    }
    let mut chains: Vec<ChainId> = records.iter().map(ChainId::of).collect();
    chains.sort_unstable();
    chains.dedup();
    let last = work.chain().last_links(&chains).await?;
    let heads = last.iter().map(|link| (link.chain, link.head())).collect();
    work.chain().append_links(&links(&records, heads)).await?;
    work.commit().await?;
    Ok(u32::try_from(records.len()).unwrap_or(BATCH))
}

/// The links of records, each behind the one before it in its chain.
fn links(records: &[AuditRecord], mut heads: BTreeMap<ChainId, Head>) -> Vec<Link> {
    let mut append = |record: &AuditRecord| {
        let chain = ChainId::of(record);
        let link = Link::append(heads.get(&chain).copied(), record, hash);
        heads.insert(chain, link.head());
        link
    };
    records.iter().map(&mut append).collect()
}
