//! The audit trail, page by page.

use ipt_domain::{Instant, id::UserId};
use ipt_ports::{
    audit::{AuditFilter, AuditSort, AuditView},
    page::{Page, PageRequest},
};
use serde_json::json;
use uuid::Uuid;

use super::{AuditError, look};
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

/// Lists records of the institution in which the caller acts, or the deployment's for one who acts in none. The look is
/// written down.
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
    let (tenant, scope) = look::whose(caller)?;
    let wanted = json!({
        "actor": filter.actor,
        "action": filter.action,
        "object": filter.object,
        "from": filter.from,
        "to": filter.to,
        "limit": page.limit,
        "continued": page.after.is_some(),
    });
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
    let mut reader = services.database.read(scope.clone()).await?;
    let page = reader.audit().audit_page(&filter, page).await?;
    let total = if count {
        Some(reader.audit().audit_count(&filter).await?)
    } else {
        None
    };
    drop(reader);
    look::record(services, caller, (tenant, scope), "audit.browse", wanted).await?;
    Ok(Listed { page, total })
}
