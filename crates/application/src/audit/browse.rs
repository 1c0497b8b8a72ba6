//! The audit trail, page by page.

use ipt_ports::{
    audit::{AuditSort, AuditView},
    page::{Page, PageRequest},
};

use super::{AuditError, Filter, look};
use crate::{Caller, Services};

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
    let mut wanted = filter.values();
    wanted["limit"] = page.limit.into();
    wanted["continued"] = page.after.is_some().into();
    let filter = filter.within(tenant);
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
