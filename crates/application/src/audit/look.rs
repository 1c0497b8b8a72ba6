//! Looks at the audit trail, which are written down in it: whoever reads who did what is seen doing so.

use std::borrow::Cow;

use ipt_domain::{id::TenantId, identity::permission::Permission};
use ipt_ports::{RepositoryError, Scope, SystemScope};
use serde_json::Value;
use uuid::Uuid;

use super::AuditError;
use crate::{
    Caller, Services,
    trail::{Deed, Doer, audit},
};

/// Whose trail the caller may look at: that of the institution acted in, or, acting in none, the deployment's.
///
/// # Errors
/// [`AuditError::Denied`].
pub(super) fn whose(caller: &Caller) -> Result<(Option<TenantId>, Scope), AuditError> {
    if caller.actor.may_over_deployment(Permission::AuditRead) && caller.tenant_id().is_none() {
        Ok((None, Scope::System(SystemScope::Operator)))
    } else {
        Ok((Some(caller.tenant_with(Permission::AuditRead)?), caller.scope()))
    }
}

/// Writes a look down: one record for each, behind what it has shown.
///
/// # Errors
/// [`RepositoryError`]; nothing is to be shown then.
pub(super) async fn record(
    services: &Services,
    caller: &Caller,
    (tenant, scope): (Option<TenantId>, Scope),
    action: &'static str,
    values: Value,
) -> Result<(), RepositoryError> {
    let deed = Deed {
        action: Cow::Borrowed(action),
        object_kind: "audit_trail",
        object_id: tenant.map_or_else(Uuid::nil, TenantId::uuid),
        tenant,
        on_behalf_of: None,
        at: services.clock.now(),
        values,
    };
    by_itself(services, caller, scope, deed).await
}

/// Writes down what changes nothing else.
///
/// # Errors
/// [`RepositoryError`].
pub(super) async fn by_itself(
    services: &Services,
    caller: &Caller,
    scope: Scope,
    deed: Deed,
) -> Result<(), RepositoryError> {
    let mut work = services.database.begin(scope).await?;
    let entry = audit(services, Doer::Caller(caller), deed);
    work.chain().record(&entry).await?;
    work.commit().await
}
