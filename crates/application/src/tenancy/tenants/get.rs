//! One institution.

use ipt_domain::{id::TenantId, tenancy::institution::Institution};

use super::find;
use crate::{Caller, Services, tenancy::TenancyError};

/// Reads an institution with its calendar.
///
/// # Errors
/// [`TenancyError::NotFound`], [`TenancyError::Denied`].
#[tracing::instrument(name = "usecase.tenancy.tenants.get", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    tenant: TenantId,
) -> Result<Institution, TenancyError> {
    find(services, caller, tenant).await
}
