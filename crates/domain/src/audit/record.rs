//! An audit record, and the bytes of it that are chained.

use std::borrow::Cow;

use uuid::Uuid;

use crate::{
    Instant,
    id::{AuditRecordId, SessionId, TenantId, UserId},
};

/// What the canonical form begins with: its name and its version. A change of the form is a new version, and never
/// touches records already chained.
const FORM: &[u8; 12] = b"ipt-audit/1\n";

/// Who did what, on whose behalf, on which object, when. Ids and digests only: names, addresses and the values before
/// and after stand beside it, under a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// The record's id.
    pub id: AuditRecordId,
    /// The institution; none for what concerns the deployment.
    pub tenant: Option<TenantId>,
    /// When, to the microsecond.
    pub at: Instant,
    /// Who acted; none for background work and for people not signed in.
    pub actor: Option<UserId>,
    /// In whose place.
    pub on_behalf_of: Option<UserId>,
    /// In which session.
    pub session: Option<SessionId>,
    /// What was done (`logbook.approve`).
    pub action: Cow<'static, str>,
    /// On what kind of object (`log_entry`).
    pub object_kind: Cow<'static, str>,
    /// On which object.
    pub object_id: Uuid,
    /// The digest of all that stands beside the record: from where, before, after, reason. With a secret salt among it, so
    /// that nobody can guess an erased value and try it.
    pub detail_digest: [u8; 32],
}

impl AuditRecord {
    /// The bytes that are chained: fixed, unambiguous, and the same on every machine.
    ///
    /// In this order: the form's name; id; institution; microseconds since 1970 (signed); actor; on whose behalf; session;
    /// action; kind of object; object; digest. Numbers are big-endian, ids 16 bytes. What can be absent has a byte before
    /// it, 0 or 1; texts have their length in bytes before them, in 8 bytes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(FORM);
        bytes.extend_from_slice(self.id.uuid().as_bytes());
        put_optional(&mut bytes, self.tenant.map(TenantId::uuid));
        bytes.extend_from_slice(&self.at.timestamp_micros().to_be_bytes());
        put_optional(&mut bytes, self.actor.map(UserId::uuid));
        put_optional(&mut bytes, self.on_behalf_of.map(UserId::uuid));
        put_optional(&mut bytes, self.session.map(SessionId::uuid));
        put_text(&mut bytes, &self.action);
        put_text(&mut bytes, &self.object_kind);
        bytes.extend_from_slice(self.object_id.as_bytes());
        bytes.extend_from_slice(&self.detail_digest);
        bytes
    }
}

/// Appends an id, or that there is none.
fn put_optional(bytes: &mut Vec<u8>, id: Option<Uuid>) {
    match id {
        None => bytes.push(0),
        Some(id) => {
            bytes.push(1);
            bytes.extend_from_slice(id.as_bytes());
        }
    }
}

/// Appends a text with its length before it.
fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests;
