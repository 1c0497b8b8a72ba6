//! What every change leaves: messages in the outbox, and an audit record with the values beside it and the marker that it
//! is not linked yet.

use ipt_domain::{
    audit::chain::ChainId,
    id::{SessionId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError,
    audit::AuditEntry,
    engagement::{Message, Trail},
};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    unit_of_work::SeaUnitOfWork,
    writes::{Columns, Insert, Writes},
};

impl Writes {
    /// Adds a trail.
    pub(crate) fn trail(self, trail: &Trail) -> Self {
        self.messages(&trail.messages).audit(&trail.audit)
    }

    /// Adds messages.
    pub(crate) fn messages(self, messages: &[Message]) -> Self {
        self.insert(Insert::many("outbox", messages.iter().map(message)))
    }

    /// Adds an audit record.
    pub(crate) fn audit(self, entry: &AuditEntry) -> Self {
        let marker = vec![
            ("record_id", Value::from(entry.record.id.uuid())),
            ("chain", Value::from(chain_key(ChainId::of(&entry.record)))),
        ];
        let detail = entry.detail.as_ref().map(|detail| {
            let columns = vec![
                ("record_id", Value::from(entry.record.id.uuid())),
                ("salt", Value::from(detail.salt.to_vec())),
                ("\"values\"", Value::from(detail.values.clone())),
            ];
            Insert::one("audit_detail", columns)
        });
        self.insert(Insert::one("audit_record", record(entry)))
            .insert(detail)
            .insert(Insert::one("audit_unlinked", marker))
    }
}

impl SeaUnitOfWork {
    /// Writes a trail by itself, in one statement on PostgreSQL.
    pub(crate) async fn leave(&self, trail: &Trail) -> Result<(), RepositoryError> {
        Writes::new().trail(trail).execute(self.connection()).await
    }
}

/// The key of a chain: the institution's id; zeros for the deployment's.
pub(crate) fn chain_key(chain: ChainId) -> Uuid {
    chain.tenant().map_or(Uuid::nil(), TenantId::uuid)
}

fn message(message: &Message) -> Columns {
    vec![
        ("id", message.id.uuid().into()),
        ("tenant_id", message.tenant_id.map(TenantId::uuid).into()),
        ("topic", message.topic.as_str().into()),
        ("payload", message.payload.clone().into()),
        ("status", "queued".into()),
        ("attempts", 0_i32.into()),
        ("created_at", message.created_at.into()),
        ("available_at", message.available_at.into()),
    ]
}

fn record(entry: &AuditEntry) -> Columns {
    let record = &entry.record;
    vec![
        ("id", record.id.uuid().into()),
        ("tenant_id", record.tenant.map(TenantId::uuid).into()),
        ("at", record.at.into()),
        ("actor_id", record.actor.map(UserId::uuid).into()),
        ("on_behalf_of_id", record.on_behalf_of.map(UserId::uuid).into()),
        ("session_id", record.session.map(SessionId::uuid).into()),
        ("action", record.action.as_ref().into()),
        ("object_kind", record.object_kind.as_ref().into()),
        ("object_id", record.object_id.into()),
        ("detail_digest", record.detail_digest.to_vec().into()),
    ]
}
