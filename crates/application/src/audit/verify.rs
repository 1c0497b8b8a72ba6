//! Verifying the chains: whether a record was edited, taken out or put in, and which is the first.

use std::collections::{BTreeMap, BTreeSet};

use ipt_domain::audit::{
    chain::{Break, ChainId, Head, Problem, Verifier},
    checkpoint::{Checkpoint, CheckpointViolation},
};
use ipt_ports::{RepositoryError, Scope, SystemScope, audit::LinkedRecord};
use serde_json::json;

use super::{AuditError, checkpoint, hash, look};
use crate::{Caller, Services, rules::BrokenRules, trail::detail_digest};

/// How many links are read at a time.
const BATCH: u32 = 1_000;

/// What the verification of one chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The chain.
    pub chain: ChainId,
    /// How many links were looked at.
    pub checked: u64,
    /// How many records are not linked yet.
    pub not_linked_yet: u64,
    /// How many records have lost the personal values beside them, as an erasure does.
    pub erased: u64,
    /// Up to which number it was held against checkpoints that were kept; none without one.
    pub kept_to: Option<u64>,
    /// Where the chain breaks first; none when it is whole.
    pub first_broken: Option<Break>,
}

/// Verifies the chain of the institution in which the caller acts, or the deployment's for one who acts in none; held
/// against `kept`, the text of one or more checkpoints of it, if there is one. That it was done is written down, behind
/// what was looked at.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.verify", skip_all)]
pub async fn execute(services: &Services, caller: &Caller, kept: Option<&str>) -> Result<Report, AuditError> {
    let (tenant, scope) = look::whose(caller)?;
    let chain = tenant.map_or(ChainId::Deployment, ChainId::Tenant);
    let kept = kept_of(services, kept)?;
    if kept.keys().any(|known| *known != chain) {
        return Err(BrokenRules::one(CheckpointViolation::AnotherChain).into());
    }
    let heads = kept.into_values().flatten().collect();
    let report = verify(services, &scope, chain, heads).await?;
    let Report { checked, kept_to, .. } = report;
    let found = json!({ "checked": checked, "kept_to": kept_to, "intact": report.first_broken.is_none() });
    look::record(services, caller, (tenant, scope), "audit.verify", found).await?;
    Ok(report)
}

/// Verifies every chain, for an operator at the command line; each held against its checkpoints among those in the text
/// `kept`. A chain of which nothing but a checkpoint is left is verified too.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.verify_all", skip_all)]
pub async fn all(services: &Services, kept: Option<&str>) -> Result<Vec<Report>, AuditError> {
    let mut kept = kept_of(services, kept)?;
    let scope = Scope::System(SystemScope::Operator);
    let chains = services
        .database
        .read(scope.clone())
        .await?
        .audit()
        .chains()
        .await?;
    let chains: BTreeSet<ChainId> = chains.into_iter().chain(kept.keys().copied()).collect();
    let mut reports = Vec::with_capacity(chains.len());
    for chain in chains {
        let heads = kept.remove(&chain).unwrap_or_default();
        reports.push(verify(services, &scope, chain, heads).await?);
    }
    Ok(reports)
}

/// What the checkpoints in a text say of each chain.
fn kept_of(services: &Services, text: Option<&str>) -> Result<BTreeMap<ChainId, Vec<Head>>, BrokenRules> {
    let Some(text) = text else {
        return Ok(BTreeMap::new());
    };
    let mut kept: BTreeMap<ChainId, Vec<Head>> = BTreeMap::new();
    for Checkpoint { chain, head, .. } in checkpoint::read(services, text).map_err(BrokenRules::one)? {
        kept.entry(chain).or_default().extend(head);
    }
    Ok(kept)
}

/// Verifies one chain, batch by batch; no connection is held in between.
async fn verify(
    services: &Services,
    scope: &Scope,
    chain: ChainId,
    heads: Vec<Head>,
) -> Result<Report, RepositoryError> {
    let kept_to = heads.iter().map(|head| head.sequence).max();
    let mut verifier = Verifier::new(chain, hash).knowing(heads);
    let (mut after, mut erased, mut edited_values) = (0, 0, None);
    loop {
        let links = services
            .database
            .read(scope.clone())
            .await?
            .audit()
            .chain_links(chain, after, BATCH)
            .await?;
        for linked in &links {
            verifier.push(&linked.link, linked.record.as_ref());
            match values_of(linked) {
                Values::AsChained => {}
                Values::Erased => erased += 1,
                Values::Edited => {
                    edited_values.get_or_insert(Break {
                        sequence: linked.link.sequence,
                        record_id: Some(linked.link.record_id),
                        problem: Problem::Edited,
                    });
                }
            }
        }
        match links.last() {
            Some(last) => after = last.link.sequence,
            None => break,
        }
    }
    let not_linked_yet = services
        .database
        .read(scope.clone())
        .await?
        .audit()
        .unlinked_count(chain)
        .await?;
    let found = verifier.finish();
    let first_broken = [found.first_broken, edited_values]
        .into_iter()
        .flatten()
        .min_by_key(|broken| broken.sequence);
    Ok(Report {
        chain,
        checked: found.checked,
        not_linked_yet,
        erased,
        kept_to,
        first_broken,
    })
}

/// How the values beside a record compare with the digest in it.
enum Values {
    AsChained,
    Erased,
    Edited,
}

fn values_of(linked: &LinkedRecord) -> Values {
    match (&linked.record, &linked.detail) {
        (None, _) => Values::AsChained,
        (Some(_), None) => Values::Erased,
        (Some(record), Some(detail))
            if detail_digest(&detail.salt, &detail.values) == record.detail_digest =>
        {
            Values::AsChained
        }
        (Some(_), Some(_)) => Values::Edited,
    }
}
