//! The institution acted in.

use ipt_domain::{identity::permission::Permission, tenancy::institution::Institution};

use super::TenancyError;
use crate::{Caller, Services};

/// Reads the institution in which the caller acts, with its calendar.
///
/// # Errors
/// [`TenancyError::Denied`].
#[tracing::instrument(name = "usecase.tenancy.get", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Institution, TenancyError> {
    let tenant = caller.tenant_with(Permission::TenantRead)?;
    let mut reader = services.database.read(caller.scope()).await?;
    reader
        .tenancy()
        .institution(tenant)
        .await?
        .ok_or(TenancyError::NotFound)
}
