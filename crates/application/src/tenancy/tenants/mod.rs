//! Every institution of the deployment, as somebody who keeps it sees them: settings and numbers. Who belongs to an
//! institution is asked for a recorded reason only: see [`identity::visiting`](crate::identity::visiting).

pub mod create;
pub mod get;
pub mod list;
pub mod statistics;
pub mod update;

use ipt_domain::{id::TenantId, identity::permission::Permission, tenancy::institution::Institution};
use ipt_ports::Scope;

use super::TenancyError;
use crate::{Caller, Services, access::Denied};

const DENIED: Denied = Denied {
    permission: Permission::TenantManageAll,
};

/// Whether the caller keeps the deployment.
fn check_keeper(caller: &Caller) -> Result<(), TenancyError> {
    if caller.actor.may_over_deployment(Permission::TenantManageAll) {
        Ok(())
    } else {
        Err(DENIED.into())
    }
}

/// An institution, for somebody who keeps the deployment. For anybody else there is none but the own ones, which are not to
/// be looked at this way.
async fn find(services: &Services, caller: &Caller, tenant: TenantId) -> Result<Institution, TenancyError> {
    if let Err(denied) = check_keeper(caller) {
        let own = caller.actor.belongs_to(tenant);
        return Err(if own { denied } else { TenancyError::NotFound });
    }
    let mut reader = services.database.read(Scope::tenant(tenant)).await?;
    reader
        .tenancy()
        .institution(tenant)
        .await?
        .ok_or(TenancyError::NotFound)
}

#[cfg(test)]
mod tests;
