//! Changing an institution.

use ipt_domain::{id::TenantId, tenancy::institution::Institution, version::Version};

use super::find;
use crate::{
    Caller, Services,
    concurrency::settle,
    tenancy::{Changes, TenancyError, save},
};

/// What to change.
#[derive(Clone, Debug)]
pub struct Command {
    /// The institution.
    pub tenant: TenantId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The changes.
    pub changes: Changes,
}

/// Changes any institution. Its own audit trail tells who did.
///
/// # Errors
/// [`TenancyError::NotFound`], [`TenancyError::Denied`], [`TenancyError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.tenancy.tenants.update", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    let Command {
        tenant,
        seen,
        changes,
    } = command;
    find(services, caller, *tenant).await?;
    settle(|| save(services, caller, ("tenancy.update", *tenant), *seen, changes)).await
}
