//! Changing the institution's settings.

use ipt_domain::{identity::permission::Permission, tenancy::institution::Institution, version::Version};

use super::{Changes, TenancyError, save};
use crate::{Caller, Services, concurrency::settle};

/// What to change.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The changes.
    pub changes: Changes,
}

/// Changes the institution in which the caller acts.
///
/// # Errors
/// [`TenancyError::Denied`], [`TenancyError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.tenancy.update", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    let tenant = caller.tenant_with(Permission::TenantManage)?;
    let Command { seen, changes } = command;
    settle(|| save(services, caller, ("tenancy.update", tenant), *seen, changes)).await
}
