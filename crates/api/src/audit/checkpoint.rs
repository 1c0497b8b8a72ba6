//! `GET /audit-log/checkpoint`

use actix_web::get;
use ipt_application::audit::checkpoint as use_case;
use ipt_domain::{
    audit::{
        chain::{GENESIS, Head},
        checkpoint::{SignedCheckpoint, hex},
    },
    id::TenantId,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::chain_name;
use crate::{
    answer::{Answer, plain},
    extract::ActorArg,
    state::State,
    wire::Timestamp,
};

/// How far a chain reaches, signed with the deployment's key.
#[derive(Serialize, ToSchema)]
struct AuditCheckpoint {
    /// `tenant` or `deployment`.
    #[schema(value_type = String, example = "tenant")]
    chain: &'static str,
    /// The institution; null for the deployment.
    tenant_id: Option<Uuid>,
    /// The number of the last link; 0 where there is none.
    sequence: u64,
    /// Its hash (SHA-256), in hex.
    hash: String,
    at: Timestamp,
    /// The key, as it stands in `/.well-known/jwks.json`.
    key_id: String,
    /// The signature (Ed25519), in base64url.
    signature: String,
    /// All of this in the form that is signed, to be kept elsewhere and held against the trail later with POST
    /// `/audit-log/verify` or `ipt audit verify --checkpoint`.
    text: String,
}

impl From<SignedCheckpoint> for AuditCheckpoint {
    fn from(signed: SignedCheckpoint) -> Self {
        let text = signed.to_string();
        let SignedCheckpoint {
            checkpoint,
            key_id,
            signature,
        } = signed;
        let Head { sequence, hash } = checkpoint.head.unwrap_or(Head {
            sequence: 0,
            hash: GENESIS,
        });
        Self {
            chain: chain_name(checkpoint.chain),
            tenant_id: checkpoint.chain.tenant().map(TenantId::uuid),
            sequence,
            hash: hex(&hash),
            at: Timestamp(checkpoint.at),
            key_id,
            signature,
            text,
        }
    }
}

/// Take a checkpoint of the audit trail
///
/// Of the institution's chain (the deployment's for those who keep it). A chain from which the end was cut off is whole in
/// itself: only a checkpoint that was kept where nobody could change it shows what is missing. Records that are not linked
/// yet are not in it.
#[utoipa::path(
    tag = "audit",
    operation_id = "take_audit_checkpoint",
    responses((status = 200, description = "The checkpoint", body = AuditCheckpoint)),
)]
#[get("/audit-log/checkpoint")]
#[tracing::instrument(name = "http.audit.checkpoint", skip_all)]
pub(super) async fn take_audit_checkpoint(actor: ActorArg, state: State) -> Answer {
    let signed = use_case::execute(state.services(), &actor).await?;
    plain(&AuditCheckpoint::from(signed))
}
