//! What a use case asks of its caller before it looks at any data.

use ipt_domain::{id::TenantId, identity::permission::Permission};

use crate::Caller;

/// The person's roles do not include a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this needs the permission {permission}, which none of your roles here has")]
pub struct Denied {
    /// The permission.
    pub permission: Permission,
}

impl Denied {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "forbidden"
    }
}

impl Caller {
    /// The institution in which the person acts now, and holds `permission`.
    ///
    /// # Errors
    /// [`Denied`], also for somebody who acts in no institution.
    pub fn tenant_with(&self, permission: Permission) -> Result<TenantId, Denied> {
        self.tenant_id()
            .filter(|tenant| self.actor.may(*tenant, permission))
            .ok_or(Denied { permission })
    }
}
