//! The trail that every change leaves: an audit entry and messages, stored with the change in one transaction.

use std::borrow::Cow;

use ipt_domain::{
    Instant,
    audit::record::AuditRecord,
    id::{AuditRecordId, JobId, SessionId, TenantId, UserId},
    text::Remark,
};
use ipt_ports::{
    audit::{AuditDetail, AuditEntry},
    engagement::{Message, Topic, Trail},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Caller, Origin, Services};

/// What is written down of an action.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What was done (`logbook.approve`).
    pub action: Cow<'static, str>,
    /// On what kind of object (`log_entry`).
    pub object_kind: &'static str,
    /// On which object.
    pub object_id: Uuid,
    /// In which institution (none: the deployment).
    pub tenant: Option<TenantId>,
    /// In whose place.
    pub on_behalf_of: Option<UserId>,
    /// When.
    pub at: Instant,
    /// Before, after, reason: personal values, which an erasure takes away.
    pub values: Value,
}

/// Who did it.
#[derive(Clone, Copy, Debug)]
pub enum Doer<'a> {
    /// A signed-in person.
    Caller(&'a Caller),
    /// Somebody whose sign-in is in question, or the background worker and the command line.
    Other {
        /// The person, if known.
        user: Option<UserId>,
        /// The session, if there is one already.
        session: Option<SessionId>,
        /// From where.
        origin: &'a Origin,
    },
}

impl<'a> Doer<'a> {
    /// The background worker or an operator at the command line.
    pub const fn system(origin: &'a Origin) -> Self {
        Self::Other {
            user: None,
            session: None,
            origin,
        }
    }

    /// Why the person is in `tenant` at all, where that is no member of it.
    fn entered_for(&self, tenant: Option<TenantId>) -> Option<&'a Remark> {
        match self {
            Self::Caller(caller) if caller.tenant_id() == tenant => caller.entered_for.as_ref(),
            Self::Caller(_) | Self::Other { .. } => None,
        }
    }

    const fn parts(&self) -> (Option<UserId>, Option<SessionId>, &'a Origin) {
        match self {
            Self::Caller(caller) => (Some(caller.user_id()), Some(caller.session_id), &caller.origin),
            Self::Other {
                user,
                session,
                origin,
            } => (*user, *session, origin),
        }
    }
}

/// Writes an audit entry for a deed.
pub fn audit(services: &Services, doer: Doer<'_>, deed: Deed) -> AuditEntry {
    let (actor, session, origin) = doer.parts();
    let mut values = json!({
        "address": origin.address,
        "device": origin.device,
        "request_id": origin.request_id,
        "values": deed.values,
    });
    if let Some(reason) = doer.entered_for(deed.tenant) {
        values["entered_for"] = reason.as_str().into();
    }
    let salt = services.secrets.salt();
    let record = AuditRecord {
        id: AuditRecordId::new(services.ids.next()),
        tenant: deed.tenant,
        at: deed.at,
        actor,
        on_behalf_of: deed.on_behalf_of,
        session,
        action: deed.action,
        object_kind: Cow::Borrowed(deed.object_kind),
        object_id: deed.object_id,
        detail_digest: detail_digest(&salt, &values),
    };
    AuditEntry {
        record,
        detail: Some(AuditDetail { salt, values }),
    }
}

/// The digest of the values beside a record, over their canonical text: the keys of each object in order, so that it is
/// the same however the values were stored in between.
pub fn detail_digest(salt: &[u8; 16], values: &Value) -> [u8; 32] {
    let mut text = String::new();
    canonical(values, &mut text);
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(text.as_bytes());
    hasher.finalize().into()
}

/// Appends a value's canonical text.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in sorted {
                text.push_str(&Value::String(key.clone()).to_string());
                text.push(':');
                canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}

/// A trail with an audit entry and the given messages.
pub fn trail(services: &Services, doer: Doer<'_>, deed: Deed, messages: Vec<Message>) -> Trail {
    Trail {
        audit: audit(services, doer, deed),
        messages,
    }
}

/// A message that is due at once.
pub fn message(id: Uuid, tenant: Option<TenantId>, topic: Topic, payload: Value, now: Instant) -> Message {
    Message {
        id: JobId::new(id),
        tenant_id: tenant,
        topic,
        payload,
        created_at: now,
        available_at: now,
    }
}
