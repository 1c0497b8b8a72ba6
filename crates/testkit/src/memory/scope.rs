//! How a scope holds: for what is seen, and for what is written.

use ipt_domain::id::TenantId;
use ipt_ports::{RepositoryError, Scope};

use super::unit_of_work::MemoryUnitOfWork;

/// A row of an institution that the caller did not name.
#[derive(Debug, thiserror::Error)]
#[error("the row belongs to an institution outside the scope of this unit of work")]
struct OutOfScope;

impl MemoryUnitOfWork {
    /// Whether rows of `tenant` are seen; rows of no institution are a system's only.
    pub(crate) fn sees(&self, tenant: impl Into<Option<TenantId>>) -> bool {
        match (self.scope(), tenant.into()) {
            (Scope::System(_), _) => true,
            (Scope::Tenants(_), None) => false,
            (scope, Some(tenant)) => scope.covers(tenant),
        }
    }

    /// As [`sees`](Self::sees), and rows that are shared by all.
    pub(crate) fn sees_or_shared(&self, tenant: Option<TenantId>) -> bool {
        tenant.is_none() || self.sees(tenant)
    }

    /// Refuses to write a row of an institution outside the scope; one of no institution is let through.
    pub(crate) fn demand(&self, tenant: Option<TenantId>) -> Result<(), RepositoryError> {
        if self.sees_or_shared(tenant) {
            Ok(())
        } else {
            Err(RepositoryError::Backend(Box::new(OutOfScope)))
        }
    }
}
