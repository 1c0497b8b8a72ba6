//! Checkpoints: how far a chain reaches, signed with the deployment's key, so that it shows later what was cut off.

use std::collections::BTreeMap;

use ipt_domain::audit::{
    chain::{ChainId, Head},
    checkpoint::{Checkpoint, CheckpointViolation, SignedCheckpoint},
};
use ipt_ports::{RepositoryError, Scope, SystemScope, audit::Judgement};
use serde_json::json;

use super::{AuditError, look};
use crate::{Caller, Services};

/// A checkpoint of the chain of the institution in which the caller acts, or of the deployment's for one who acts in none.
/// That it was taken is written down.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.checkpoint", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<SignedCheckpoint, AuditError> {
    let (tenant, scope) = look::whose(caller)?;
    let chain = tenant.map_or(ChainId::Deployment, ChainId::Tenant);
    let heads = heads(services, &scope, &[chain]).await?;
    let signed = sign(services, chain, heads.get(&chain).copied())?;
    let sequence = signed.checkpoint.head.map_or(0, |head| head.sequence);
    let taken = json!({ "sequence": sequence, "key_id": signed.key_id });
    look::record(services, caller, (tenant, scope), "audit.checkpoint", taken).await?;
    Ok(signed)
}

/// A checkpoint of every chain, for an operator at the command line.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.checkpoint_all", skip_all)]
pub async fn all(services: &Services) -> Result<Vec<SignedCheckpoint>, AuditError> {
    let scope = Scope::System(SystemScope::Operator);
    let mut reader = services.database.read(scope.clone()).await?;
    let chains = reader.audit().chains().await?;
    drop(reader);
    let heads = heads(services, &scope, &chains).await?;
    let signed = chains
        .into_iter()
        .map(|chain| sign(services, chain, heads.get(&chain).copied()));
    signed.collect()
}

/// The checkpoints in a text, of which each was signed by a key of this deployment.
///
/// # Errors
/// [`CheckpointViolation`] of the first that is none.
pub(super) fn read(services: &Services, text: &str) -> Result<Vec<Checkpoint>, CheckpointViolation> {
    let judged = |signed: SignedCheckpoint| {
        let statement = signed.checkpoint.statement(&signed.key_id);
        let signer = &services.signer;
        match signer.judge(&signed.key_id, statement.as_bytes(), &signed.signature) {
            Judgement::Good => Ok(signed.checkpoint),
            Judgement::Wrong => Err(CheckpointViolation::Forged),
            Judgement::KeyUnknown => Err(CheckpointViolation::KeyUnknown {
                key_id: signed.key_id,
            }),
        }
    };
    SignedCheckpoint::parse_all(text)?
        .into_iter()
        .map(judged)
        .collect()
}

/// The last link of each chain that has one.
async fn heads(
    services: &Services,
    scope: &Scope,
    chains: &[ChainId],
) -> Result<BTreeMap<ChainId, Head>, RepositoryError> {
    let mut reader = services.database.read(scope.clone()).await?;
    let links = reader.audit().last_links(chains).await?;
    Ok(links.iter().map(|link| (link.chain, link.head())).collect())
}

fn sign(services: &Services, chain: ChainId, head: Option<Head>) -> Result<SignedCheckpoint, AuditError> {
    let checkpoint = Checkpoint {
        chain,
        head,
        at: services.clock.now(),
    };
    let key_id = services.signer.key_id().to_owned();
    let signature = services.signer.sign(checkpoint.statement(&key_id).as_bytes())?;
    Ok(SignedCheckpoint {
        checkpoint,
        key_id,
        signature,
    })
}
