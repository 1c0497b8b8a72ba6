//! Between rows, records and links.

use std::borrow::Cow;

use ipt_domain::{
    audit::{
        chain::{ChainId, Link},
        record::AuditRecord,
    },
    id::{AuditRecordId, SessionId, TenantId, UserId},
};
use ipt_ports::{RepositoryError, audit::AuditDetail};
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{link_row, record_row};
use crate::{
    error::{damaged, repository_error},
    trail::chain_key,
};

/// A record.
pub(super) fn record(row: record_row::Model) -> Result<AuditRecord, RepositoryError> {
    let detail_digest = digest("audit_record", "detail_digest", row.id, &row.detail_digest)?;
    Ok(AuditRecord {
        id: AuditRecordId::new(row.id),
        tenant: row.tenant_id.map(TenantId::new),
        at: row.at,
        actor: row.actor_id.map(UserId::new),
        on_behalf_of: row.on_behalf_of_id.map(UserId::new),
        session: row.session_id.map(SessionId::new),
        action: Cow::Owned(row.action),
        object_kind: Cow::Owned(row.object_kind),
        object_id: row.object_id,
        detail_digest,
    })
}

/// The chain with this key.
pub(super) fn chain(key: Uuid) -> ChainId {
    if key.is_nil() {
        ChainId::Deployment
    } else {
        ChainId::Tenant(TenantId::new(key))
    }
}

/// A link.
pub(super) fn link(row: &link_row::Model) -> Result<Link, RepositoryError> {
    const TABLE: &str = "audit_link";
    let sequence = u64::try_from(row.sequence)
        .map_err(|_| damaged(TABLE, "sequence", row.record_id, "links count from 1"))?;
    Ok(Link {
        chain: chain(row.chain),
        sequence,
        record_id: AuditRecordId::new(row.record_id),
        previous: digest(TABLE, "previous", row.record_id, &row.previous)?,
        hash: digest(TABLE, "hash", row.record_id, &row.hash)?,
    })
}

/// The row of a link.
pub(super) fn link_row(link: &Link) -> link_row::Model {
    link_row::Model {
        chain: chain_key(link.chain),
        sequence: i64::try_from(link.sequence).unwrap_or(i64::MAX),
        record_id: link.record_id.uuid(),
        previous: link.previous.to_vec(),
        hash: link.hash.to_vec(),
    }
}

/// The values beside a record, out of `d_salt` and `d_values`; none when there were none, or they were erased.
pub(super) fn detail(row: &QueryResult, record: Uuid) -> Result<Option<AuditDetail>, RepositoryError> {
    let salt: Option<Vec<u8>> = row.try_get("d_", "salt").map_err(repository_error)?;
    let values: Option<serde_json::Value> = row.try_get("d_", "values").map_err(repository_error)?;
    let (Some(salt), Some(values)) = (salt, values) else {
        return Ok(None);
    };
    let salt = <[u8; 16]>::try_from(salt.as_slice())
        .map_err(|_| damaged("audit_detail", "salt", record, "it has not 16 bytes"))?;
    Ok(Some(AuditDetail { salt, values }))
}

fn digest(
    table: &'static str,
    column: &'static str,
    id: Uuid,
    bytes: &[u8],
) -> Result<[u8; 32], RepositoryError> {
    <[u8; 32]>::try_from(bytes).map_err(|_| damaged(table, column, id, "it has not 32 bytes"))
}
