//! Who calls a use case, and from where.

use ipt_domain::{
    Instant,
    actor::Actor,
    id::{SessionId, TenantId, UserId},
    identity::permission::Permission,
    text::Remark,
};
use ipt_ports::Scope;

/// Where a request comes from, for the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address, as text; none for background work.
    pub address: Option<String>,
    /// The client's program, as it names itself.
    pub device: Option<String>,
    /// The request's id.
    pub request_id: Option<String>,
}

/// A signed-in person calling from somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person, with all permissions.
    pub actor: Actor,
    /// The session.
    pub session_id: SessionId,
    /// When the person signed in, in this session or one that it came from.
    pub signed_in_at: Instant,
    /// From where.
    pub origin: Origin,
    /// Why the institution was entered by somebody who is no member of it; told by each audit record.
    pub entered_for: Option<Remark>,
}

impl Caller {
    /// The person.
    pub const fn user_id(&self) -> UserId {
        self.actor.user_id()
    }

    /// The institution in which the person acts now.
    pub const fn tenant_id(&self) -> Option<TenantId> {
        self.actor.tenant_id()
    }

    /// The rows of the institution in which the person acts now.
    pub fn scope(&self) -> Scope {
        Scope::Tenants(self.tenant_id().into_iter().collect())
    }

    /// The rows of every institution in which the person holds anything, for what is the person's own.
    pub fn everywhere(&self) -> Scope {
        self.scope_with(Permission::NotificationOwn)
    }

    /// As [`scope`](Self::scope), and those of every further institution in which the person holds `permission`: an
    /// industrial supervisor's inbox spans all institutions served.
    pub fn scope_with(&self, permission: Permission) -> Scope {
        let mut tenants = self.actor.tenants_with(permission);
        tenants.extend(self.tenant_id());
        tenants.sort_unstable();
        tenants.dedup();
        Scope::Tenants(tenants)
    }
}
