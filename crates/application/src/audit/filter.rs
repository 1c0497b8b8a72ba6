//! Which records of the trail are wanted.

use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
};
use ipt_ports::audit::AuditFilter;
use serde_json::{Value, json};
use uuid::Uuid;

/// Which records are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// By this person.
    pub actor: Option<UserId>,
    /// Of this action, or of a context when it ends in a dot.
    pub action: Option<String>,
    /// About this object.
    pub object: Option<Uuid>,
    /// From this moment.
    pub from: Option<Instant>,
    /// Before this moment.
    pub to: Option<Instant>,
}

impl Filter {
    /// As it stands in the trail.
    pub(super) fn values(&self) -> Value {
        json!({
            "actor": self.actor,
            "action": self.action,
            "object": self.object,
            "from": self.from,
            "to": self.to,
        })
    }

    /// Of the records of an institution, or else of the deployment's.
    pub(super) fn within(self, tenant: Option<TenantId>) -> AuditFilter {
        let Self {
            actor,
            action,
            object,
            from,
            to,
        } = self;
        AuditFilter {
            tenant,
            actor,
            action,
            object,
            from,
            to,
        }
    }
}
