//! How a scope holds: for what is seen, and for what is written.

use ipt_domain::id::TenantId;
use ipt_ports::{RepositoryError, Scope};

use super::unit_of_work::MemoryUnitOfWork;

/// A row of an institution that the caller did not name.
#[derive(Debug, thiserror::Error)]
#[error("the row belongs to an institution outside the scope of this unit of work: {0:?}")]
struct OutOfScope(Scope);

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
        self.let_through(self.sees_or_shared(tenant))
    }

    /// As [`demand`](Self::demand), and refuses a row of no institution as well, unless a system writes it: what is of no
    /// institution has rights over the deployment.
    pub(crate) fn demand_strictly(&self, tenant: Option<TenantId>) -> Result<(), RepositoryError> {
        self.let_through(self.sees(tenant))
    }

    fn let_through(&self, is_in_scope: bool) -> Result<(), RepositoryError> {
        if is_in_scope {
            Ok(())
        } else {
            Err(RepositoryError::Backend(Box::new(OutOfScope(
                self.scope().clone(),
            ))))
        }
    }
}
