//! Between rows and messages.

use ipt_domain::id::{JobId, TenantId};
use ipt_ports::{
    RepositoryError,
    engagement::{FailedMessage, Message, PendingMessage, Topic},
};

use super::outbox_row;
use crate::{error::damaged, number};

const TABLE: &str = "outbox";

/// A message that was claimed.
pub(super) fn pending(row: outbox_row::Model) -> Result<PendingMessage, RepositoryError> {
    let attempts = number::count(row.attempts, TABLE, "attempts", row.id)?;
    Ok(PendingMessage {
        message: message(row)?,
        attempts,
    })
}

/// A message that was given up.
pub(super) fn failed(mut row: outbox_row::Model) -> Result<FailedMessage, RepositoryError> {
    let attempts = number::count(row.attempts, TABLE, "attempts", row.id)?;
    let error = row
        .error
        .take()
        .ok_or_else(|| damaged(TABLE, "error", row.id, "it failed without an error"))?;
    let failed_at = row
        .failed_at
        .ok_or_else(|| damaged(TABLE, "failed_at", row.id, "it failed at no time"))?;
    Ok(FailedMessage {
        message: message(row)?,
        attempts,
        error,
        failed_at,
    })
}

fn message(row: outbox_row::Model) -> Result<Message, RepositoryError> {
    let topic = Topic::from_name(&row.topic)
        .ok_or_else(|| damaged(TABLE, "topic", row.id, "there is no such topic"))?;
    Ok(Message {
        id: JobId::new(row.id),
        tenant_id: row.tenant_id.map(TenantId::new),
        topic,
        payload: row.payload,
        created_at: row.created_at,
        available_at: row.available_at,
    })
}
