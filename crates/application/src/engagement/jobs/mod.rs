//! Background work that was given up, for an operator.

pub mod list_failed;
pub mod retry;

use ipt_domain::{id::TenantId, identity::permission::Permission};
use ipt_ports::{Scope, SystemScope};

use super::EngagementError;
use crate::{Caller, access::Denied};

/// Whose work the caller keeps: the institution's acted in, or, acting in none, the deployment's.
fn whose(caller: &Caller) -> Result<(Option<TenantId>, Scope), EngagementError> {
    let permission = Permission::JobManage;
    match caller.tenant_id() {
        Some(_) => Ok((Some(caller.tenant_with(permission)?), caller.scope())),
        None if caller.actor.may_over_deployment(permission) => {
            Ok((None, Scope::System(SystemScope::Operator)))
        }
        None => Err(Denied { permission }.into()),
    }
}
