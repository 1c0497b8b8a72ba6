//! Whether a session still stands for somebody who may act.

use ipt_domain::{
    actor::Actor,
    id::{TenantId, UserId},
    identity::{
        membership::{self, Membership},
        permission::Permission,
    },
};
use ipt_ports::identity::Principal;

/// Whether one of the memberships gives rights in `tenant` (none: over the deployment).
pub(super) fn is_member(memberships: &[Membership], tenant: Option<TenantId>) -> bool {
    memberships
        .iter()
        .any(|membership| membership.is_active() && membership.tenant_id == tenant)
}

/// Whether the person keeps the deployment, and so may enter an institution with a recorded reason.
pub(super) fn may_enter(memberships: &[Membership]) -> bool {
    memberships
        .iter()
        .filter(|membership| membership.is_active() && membership.tenant_id.is_none())
        .any(|membership| membership.permissions().contains(Permission::TenantManageAll))
}

/// The person acting in `tenant`; none when no membership gives rights there. `entered` says that the institution was
/// entered with a recorded reason, which counts for somebody who keeps the deployment and is no member.
pub(super) fn actor_in(
    user: UserId,
    tenant: Option<TenantId>,
    memberships: &[Membership],
    entered: bool,
) -> Option<Actor> {
    let member = is_member(memberships, tenant);
    let entered = entered && !member && tenant.is_some() && may_enter(memberships);
    (member || entered).then(|| membership::actor(user, tenant, memberships, entered))
}

/// The person behind a session; none when it has ended, the account is disabled, or the rights are gone.
pub(super) fn actor_of(principal: &Principal) -> Option<Actor> {
    let Principal {
        session,
        account,
        memberships,
    } = principal;
    let alive = session.ended_at.is_none() && session.user_id == account.id && !account.is_disabled();
    if alive {
        let entered = session.entered_for.is_some();
        actor_in(account.id, session.tenant_id, memberships, entered)
    } else {
        None
    }
}
