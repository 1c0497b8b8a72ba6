//! A record of the trail as it is shown.

use ipt_domain::{
    audit::chain::ChainId,
    id::{SessionId, UserId},
};
use ipt_ports::audit::AuditView;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::Timestamp;

/// Whose a chain is.
pub(super) const fn chain_name(chain: ChainId) -> &'static str {
    match chain {
        ChainId::Tenant(_) => "tenant",
        ChainId::Deployment => "deployment",
    }
}

/// The acting person.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditActor {
    pub(super) id: Uuid,
    /// As far as it is still kept.
    pub(super) name: Option<String>,
}

/// What was acted on.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditObject {
    #[schema(example = "log_entry")]
    pub(super) kind: String,
    pub(super) id: Uuid,
}

/// Who did what, on whose behalf, on which object, when, from where.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditRecord)]
pub(super) struct AuditDto {
    pub(super) id: Uuid,
    /// Its number in the chain; null while it is not linked yet.
    pub(super) sequence: Option<u64>,
    pub(super) at: Timestamp,
    /// Null for background work and for people not signed in.
    pub(super) actor: Option<AuditActor>,
    /// The person in whose place.
    pub(super) on_behalf_of: Option<Uuid>,
    pub(super) session_id: Option<Uuid>,
    #[schema(example = "logbook.approve")]
    pub(super) action: String,
    pub(super) object: AuditObject,
    /// From where (`address`, `device`, `request_id`), under `values` what was before and after, and under `entered_for` why a
    /// superadmin was in the institution; null once erased.
    #[schema(value_type = Option<Object>)]
    pub(super) detail: Option<Value>,
}

impl From<AuditView> for AuditDto {
    fn from(view: AuditView) -> Self {
        let AuditView {
            record,
            values,
            actor_name,
            sequence,
        } = view;
        Self {
            id: record.id.uuid(),
            sequence,
            at: Timestamp(record.at),
            actor: record.actor.map(|id| AuditActor {
                id: id.uuid(),
                name: actor_name,
            }),
            on_behalf_of: record.on_behalf_of.map(UserId::uuid),
            session_id: record.session.map(SessionId::uuid),
            action: record.action.into_owned(),
            object: AuditObject {
                kind: record.object_kind.into_owned(),
                id: record.object_id,
            },
            detail: values,
        }
    }
}
