//! `GET /audit-log/verify`, `POST /audit-log/verify`

use actix_web::{get, post};
use ipt_application::audit::verify::{self as use_case, Report};
use ipt_domain::{
    audit::chain::{Break, Problem as Fault},
    id::{AuditRecordId, TenantId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::chain_name;
use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, Json},
    state::State,
};

/// What the verification of a chain found.
#[derive(Serialize, ToSchema)]
struct AuditVerification {
    /// `tenant` or `deployment`.
    #[schema(value_type = String, example = "tenant")]
    chain: &'static str,
    /// The institution; null for the deployment.
    tenant_id: Option<Uuid>,
    /// Whether the chain is whole.
    intact: bool,
    /// How many links were looked at.
    checked: u64,
    /// How many records are not linked yet: that takes some seconds.
    not_linked_yet: u64,
    /// How many records have lost the personal values beside them, as an erasure does.
    erased: u64,
    /// Up to which number the chain was held against checkpoints that were kept; null without one.
    kept_to: Option<u64>,
    /// Where the chain breaks first.
    first_broken: Option<AuditBreak>,
}

/// Where a chain breaks.
#[derive(Serialize, ToSchema)]
struct AuditBreak {
    /// The number of the link that is missing or wrong.
    sequence: u64,
    record_id: Option<Uuid>,
    /// `gap`, `edited`, `deleted` or `reordered`.
    #[schema(value_type = String, example = "edited")]
    problem: &'static str,
}

impl From<Break> for AuditBreak {
    fn from(found: Break) -> Self {
        Self {
            sequence: found.sequence,
            record_id: found.record_id.map(AuditRecordId::uuid),
            problem: match found.problem {
                Fault::Gap => "gap",
                Fault::Edited => "edited",
                Fault::Deleted => "deleted",
                Fault::Reordered => "reordered",
            },
        }
    }
}

impl From<Report> for AuditVerification {
    fn from(report: Report) -> Self {
        Self {
            chain: chain_name(report.chain),
            tenant_id: report.chain.tenant().map(TenantId::uuid),
            intact: report.first_broken.is_none(),
            checked: report.checked,
            not_linked_yet: report.not_linked_yet,
            erased: report.erased,
            kept_to: report.kept_to,
            first_broken: report.first_broken.map(AuditBreak::from),
        }
    }
}

/// Verify the audit trail
///
/// Looks at every link of the institution's chain (the deployment's for those who keep it) and finds the first that was
/// edited, taken out or put in. That its end was cut off shows only against a checkpoint: POST `/audit-log/verify`.
#[utoipa::path(
    tag = "audit",
    operation_id = "verify_audit_log",
    responses((status = 200, description = "What was found", body = AuditVerification)),
)]
#[get("/audit-log/verify")]
#[tracing::instrument(name = "http.audit.verify", skip_all)]
pub(super) async fn verify_audit_log(actor: ActorArg, state: State) -> Answer {
    let report = use_case::execute(state.services(), &actor, None).await?;
    plain(&AuditVerification::from(report))
}

/// What the chain is held against.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyAgainst {
    /// The `text` of a checkpoint that was kept, or of several below each other.
    checkpoint: String,
}

/// Verify the audit trail against a checkpoint
///
/// As GET `/audit-log/verify`; and finds what was cut off at the end, or written anew, since the checkpoint was taken. It is
/// refused when it is not genuine, or another chain's.
#[utoipa::path(
    tag = "audit",
    operation_id = "verify_audit_log_against",
    responses((status = 200, description = "What was found", body = AuditVerification)),
)]
#[post("/audit-log/verify")]
#[tracing::instrument(name = "http.audit.verify_against", skip_all)]
pub(super) async fn verify_audit_log_against(
    actor: ActorArg,
    state: State,
    body: Json<VerifyAgainst>,
) -> Answer {
    let report = use_case::execute(state.services(), &actor, Some(&body.0.checkpoint)).await?;
    plain(&AuditVerification::from(report))
}
