//! The membership of the first administrator.

use ipt_domain::{
    id::{MembershipId, TenantId, UserId},
    identity::{
        membership::{Membership, MembershipStatus},
        role::Role,
    },
    version::Version,
};
use ipt_ports::UnitOfWork;

use crate::{Services, identity::IdentityError};

/// Sees to it that the person has an active membership with `role` in `tenant` (none: over the deployment).
pub(super) async fn ensure(
    services: &Services,
    work: &mut dyn UnitOfWork,
    user: UserId,
    tenant: Option<TenantId>,
    role: Role,
) -> Result<(), IdentityError> {
    let held = work
        .people()
        .memberships(user)
        .await?
        .into_iter()
        .map(|view| view.membership)
        .find(|held| held.tenant_id == tenant && held.organisation_id.is_none());
    match held {
        Some(held) if held.is_active() && held.roles.contains(&role) => Ok(()),
        Some(held) => {
            let replaces = held.version;
            let roles = Role::ALL
                .into_iter()
                .filter(|known| *known == role || held.roles.contains(known))
                .collect();
            let grown = Membership {
                roles,
                status: MembershipStatus::Active,
                version: replaces.next(),
                ..held
            };
            Ok(work.people().save_membership(&grown, Some(replaces)).await?)
        }
        None => {
            let new = Membership {
                id: MembershipId::new(services.ids.next()),
                user_id: user,
                tenant_id: tenant,
                organisation_id: None,
                roles: vec![role],
                further: Vec::new(),
                status: MembershipStatus::Active,
                created_at: services.clock.now(),
                version: Version::FIRST,
            };
            Ok(work.people().save_membership(&new, None).await?)
        }
    }
}
