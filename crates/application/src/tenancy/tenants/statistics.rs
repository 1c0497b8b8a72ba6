//! An institution in numbers.

use ipt_domain::{Instant, id::TenantId, tenancy::institution::Institution};
use ipt_ports::{Scope, insight::TenantStatistics};

use super::find;
use crate::{Caller, Services, tenancy::TenancyError};

/// The numbers at one moment.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// The institution.
    pub institution: Institution,
    /// The numbers.
    pub figures: TenantStatistics,
    /// When they were counted.
    pub generated_at: Instant,
}

/// Counts what an institution has. Numbers alone tell nothing of any person, so that no reason is asked for.
///
/// # Errors
/// [`TenancyError::NotFound`], [`TenancyError::Denied`].
#[tracing::instrument(name = "usecase.tenancy.tenants.statistics", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    tenant: TenantId,
) -> Result<Statistics, TenancyError> {
    let institution = find(services, caller, tenant).await?;
    let mut reader = services.database.read(Scope::tenant(tenant)).await?;
    Ok(Statistics {
        institution,
        figures: reader.insight().tenant_statistics(tenant).await?,
        generated_at: services.clock.now(),
    })
}
