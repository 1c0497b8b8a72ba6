//! Which people a look shows.

use ipt_domain::{
    id::UserId,
    identity::{account::Account, membership::Membership, tenant_role::RoleName},
};
use ipt_ports::{
    Scope,
    identity::{MembershipView, UserFilter, UserView},
};

use crate::memory::{fold::contains, unit_of_work::MemoryUnitOfWork};

/// Whether a membership has a role.
fn holds(held: &Membership, role: &RoleName) -> bool {
    match role {
        RoleName::Standard(role) => held.roles.contains(role),
        RoleName::Further(key) => held.further.iter().any(|own| own.key == *key),
    }
}

impl MemoryUnitOfWork {
    /// The memberships of a person, as far as they are in scope, the oldest first.
    pub(super) fn memberships_of(&self, user: UserId) -> Vec<Membership> {
        let own = self
            .state()
            .memberships
            .values()
            .filter(|held| held.user_id == user);
        let seen = own.filter(|held| self.sees(held.tenant_id));
        let mut own: Vec<Membership> = seen.map(|held| self.with_roles_of_now(held)).collect();
        own.sort_by_key(|held| (held.created_at, held.id));
        own
    }

    /// The same, with names.
    pub(super) fn membership_views(&self, user: UserId) -> Vec<MembershipView> {
        let state = self.state();
        let view = |membership: Membership| {
            let tenant = membership
                .tenant_id
                .and_then(|tenant| state.institutions.get(&tenant));
            let tenant = tenant.map(|made| &made.thing);
            let organisation = membership
                .organisation_id
                .and_then(|id| state.organisations.get(&id));
            MembershipView {
                tenant_code: tenant.map(|tenant| tenant.code().as_str().to_owned()),
                tenant_name: tenant.map(|tenant| tenant.name().to_owned()),
                tenant_zone: tenant.map(|tenant| tenant.calendar().zone().name().to_owned()),
                organisation_name: organisation.map(|made| made.thing.name().to_owned()),
                membership,
            }
        };
        self.memberships_of(user).into_iter().map(view).collect()
    }

    pub(super) fn user_view(&self, account: &Account) -> UserView {
        UserView {
            account: account.clone(),
            memberships: self.membership_views(account.id),
        }
    }

    /// Whether a person has a membership in scope; a system sees everybody.
    pub(super) fn is_visible(&self, user: UserId) -> bool {
        matches!(self.scope(), Scope::System(_)) || !self.memberships_of(user).is_empty()
    }

    /// The accounts that match, as far as they are in scope.
    pub(super) fn accounts_matching<'a>(
        &'a self,
        filter: &'a UserFilter,
    ) -> impl Iterator<Item = &'a Account> {
        let UserFilter {
            tenant,
            role,
            status,
            organisation_id,
            text,
        } = filter;
        let asks_for_membership =
            tenant.is_some() || role.is_some() || status.is_some() || organisation_id.is_some();
        // All that is asked of a membership is asked of one and the same.
        let fits = move |held: &Membership| {
            tenant.is_none_or(|tenant| held.tenant_id == Some(tenant))
                && role.as_ref().is_none_or(|role| holds(held, role))
                && status.is_none_or(|status| held.status == status)
                && organisation_id.is_none_or(|organisation| held.organisation_id == Some(organisation))
        };
        let accounts = self.state().accounts.values().map(|known| &known.account);
        accounts
            .filter(move |account| {
                if asks_for_membership {
                    self.memberships_of(account.id).iter().any(fits)
                } else {
                    self.is_visible(account.id)
                }
            })
            .filter(move |account| {
                text.as_ref().is_none_or(|text| {
                    contains(account.full_name.as_str(), text) || contains(account.email.normalised(), text)
                })
            })
    }
}
