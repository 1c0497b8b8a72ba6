//! The audit trail, page by page.

use ipt_domain::{Instant, id::UserId, identity::permission::Permission};
use ipt_ports::{
    Scope, SystemScope,
    audit::{AuditFilter, AuditSort, AuditView},
    page::{Page, PageRequest},
};
use uuid::Uuid;

use super::AuditError;
use crate::{Caller, Services};

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

/// A page, and how many there are in all when that was asked for.
#[derive(Debug)]
pub struct Listed {
    /// The page.
    pub page: Page<AuditView>,
    /// How many records match.
    pub total: Option<u64>,
}

/// Lists records of the institution in which the caller acts, or the deployment's for one who acts in none.
///
/// # Errors
/// [`AuditError`].
#[tracing::instrument(name = "usecase.audit.browse", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    filter: Filter,
    page: &PageRequest<AuditSort>,
    count: bool,
) -> Result<Listed, AuditError> {
    let (tenant, scope) =
        if caller.actor.may_over_deployment(Permission::AuditRead) && caller.tenant_id().is_none() {
            (None, Scope::System(SystemScope::Operator))
        } else {
            (Some(caller.tenant_with(Permission::AuditRead)?), caller.scope())
        };
    let Filter {
        actor,
        action,
        object,
        from,
        to,
    } = filter;
    let filter = AuditFilter {
        tenant,
        actor,
        action,
        object,
        from,
        to,
    };
    let mut reader = services.database.read(scope).await?;
    let page = reader.audit().audit_page(&filter, page).await?;
    let total = if count {
        Some(reader.audit().audit_count(&filter).await?)
    } else {
        None
    };
    Ok(Listed { page, total })
}
