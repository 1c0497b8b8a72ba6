//! The people of an institution, as somebody who keeps the deployment sees them.

use ipt_domain::{
    id::TenantId,
    identity::{membership::MembershipStatus, tenant_role::RoleName},
};
use ipt_ports::{Scope, identity::UserView, page::Page};
use serde_json::json;

use super::{check, is_inside, reason, visitor};
use crate::{
    Caller, Services,
    identity::{IdentityError, users::list},
    trail::{Deed, Doer, trail},
};

/// Which people of which institution are wanted, and why.
#[derive(Clone, Debug)]
pub struct Command {
    /// The institution.
    pub tenant: TenantId,
    /// Why; only whoever acts in the institution already needs none.
    pub reason: Option<String>,
    /// The people.
    pub people: list::Command,
}

/// A page of the people of an institution. That they were looked at, and why, stands in its audit trail before anything is
/// shown.
///
/// # Errors
/// [`IdentityError::TenantNotFound`], [`IdentityError::Denied`]; a reason that is missing.
#[tracing::instrument(name = "usecase.identity.visiting.list_users", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: Command,
) -> Result<(Page<UserView>, Option<u64>), IdentityError> {
    let Command {
        tenant,
        reason: given,
        people,
    } = command;
    check(services, caller, tenant).await?;
    if is_inside(caller, tenant) {
        return list::execute(services, caller, people).await;
    }
    let visitor = visitor(caller, tenant, reason(given.as_deref())?);
    record(services, &visitor, tenant, &people).await?;
    list::execute(services, &visitor, people).await
}

async fn record(
    services: &Services,
    visitor: &Caller,
    tenant: TenantId,
    people: &list::Command,
) -> Result<(), IdentityError> {
    let deed = Deed {
        action: "identity.look_at_users".into(),
        object_kind: "tenant",
        object_id: tenant.uuid(),
        tenant: Some(tenant),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({
            "role": people.role.as_ref().map(RoleName::as_str),
            "status": people.status.map(MembershipStatus::as_str),
            "organisation_id": people.organisation_id,
            "q": people.text,
            "limit": people.page.limit,
        }),
    };
    let mut work = services.database.begin(Scope::tenant(tenant)).await?;
    let trail = trail(services, Doer::Caller(visitor), deed, Vec::new());
    work.people().leave_trail(&trail).await?;
    Ok(work.commit().await?)
}
