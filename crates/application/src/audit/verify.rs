//! Verifying the chains: whether a record was edited, taken out or put in, and which is the first.

use ipt_domain::audit::chain::{Break, ChainId, Problem, Verifier};
use ipt_ports::{RepositoryError, Scope, SystemScope, audit::LinkedRecord};

use serde_json::json;

use super::{AuditError, hash, look};
use crate::{Caller, Services, trail::detail_digest};

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
    /// Where the chain breaks first; none when it is whole.
    pub first_broken: Option<Break>,
}

/// Verifies the chain of the institution in which the caller acts, or the deployment's for one who acts in none. That it
/// was done is written down, behind what was looked at.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.verify", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Report, AuditError> {
    let (tenant, scope) = look::whose(caller)?;
    let chain = tenant.map_or(ChainId::Deployment, ChainId::Tenant);
    let report = verify(services, &scope, chain).await?;
    let found = json!({ "checked": report.checked, "intact": report.first_broken.is_none() });
    look::record(services, caller, (tenant, scope), "audit.verify", found).await?;
    Ok(report)
}

/// Verifies every chain, for an operator at the command line.
///
/// # Errors
/// [`RepositoryError`].
#[tracing::instrument(name = "usecase.audit.verify_all", skip_all)]
pub async fn all(services: &Services) -> Result<Vec<Report>, RepositoryError> {
    let scope = Scope::System(SystemScope::Operator);
    let chains = services
        .database
        .read(scope.clone())
        .await?
        .audit()
        .chains()
        .await?;
    let mut reports = Vec::with_capacity(chains.len());
    for chain in chains {
        reports.push(verify(services, &scope, chain).await?);
    }
    Ok(reports)
}

/// Verifies one chain, batch by batch; no connection is held in between.
async fn verify(services: &Services, scope: &Scope, chain: ChainId) -> Result<Report, RepositoryError> {
    let mut verifier = Verifier::new(chain, hash);
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
    let found = verifier.finish(None);
    let first_broken = [found.first_broken, edited_values]
        .into_iter()
        .flatten()
        .min_by_key(|broken| broken.sequence);
    Ok(Report {
        chain,
        checked: found.checked,
        not_linked_yet,
        erased,
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
