//! Reads people and sessions.

use async_trait::async_trait;
use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::Membership,
        role::Role,
        tenant_role::{FurtherRole, RoleName},
    },
};
use ipt_ports::{
    RepositoryError,
    identity::{
        Credentials, MembershipView, PeopleReader, Principal, RefreshToken, Session, UserFilter, UserSort,
        UserView,
    },
    page::{Page, PageRequest},
};

use crate::tests::work::MemoryWork;

impl MemoryWork {
    fn view(&self, membership: &Membership) -> MembershipView {
        let tenant = self
            .state
            .institutions
            .iter()
            .find(|known| Some(known.id()) == membership.tenant_id);
        let organisation = self
            .state
            .organisations
            .iter()
            .find(|known| Some(known.id()) == membership.organisation_id);
        MembershipView {
            membership: Membership {
                further: self.roles_of_now(membership),
                ..membership.clone()
            },
            tenant_code: tenant.map(|known| known.code().as_str().to_owned()),
            tenant_name: tenant.map(|known| known.name().to_owned()),
            tenant_zone: tenant.map(|known| known.calendar().zone().name().to_owned()),
            organisation_name: organisation.map(|known| known.name().to_owned()),
        }
    }

    /// The institution's roles of a membership, as they are defined now.
    fn roles_of_now(&self, membership: &Membership) -> Vec<FurtherRole> {
        let held = |role: &FurtherRole| membership.further.iter().any(|own| own.id == role.id);
        let known = self.state.tenant_roles.iter().map(|known| &known.role);
        known.filter(|role| held(role)).cloned().collect()
    }

    fn views(&self, user: UserId) -> Vec<MembershipView> {
        let own = self.state.memberships.iter().filter(|held| held.user_id == user);
        own.filter(|held| self.covers(held.tenant_id))
            .map(|held| self.view(held))
            .collect()
    }

    fn user_view(&self, account: &Account) -> UserView {
        UserView {
            account: account.clone(),
            memberships: self.views(account.id),
        }
    }

    fn matching(&self, filter: &UserFilter) -> Vec<UserView> {
        let wanted = |held: &Membership| {
            filter.tenant.is_none_or(|tenant| held.tenant_id == Some(tenant))
                && filter.role.as_ref().is_none_or(|role| match role {
                    RoleName::Standard(role) => held.roles.contains(role),
                    RoleName::Further(key) => held.further.iter().any(|own| own.key == *key),
                })
                && filter.status.is_none_or(|status| held.status == status)
                && filter
                    .organisation_id
                    .is_none_or(|own| held.organisation_id == Some(own))
        };
        let text = filter.text.as_deref().unwrap_or_default().to_lowercase();
        self.state
            .accounts
            .iter()
            .map(|known| self.user_view(&known.account))
            .filter(|view| view.memberships.iter().any(|view| wanted(&view.membership)))
            .filter(|view| view.account.full_name.as_str().to_lowercase().contains(&text))
            .collect()
    }
}

#[async_trait]
impl PeopleReader for MemoryWork {
    async fn credentials_by_email(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Option<Credentials>, RepositoryError> {
        Ok(self
            .state
            .accounts
            .iter()
            .find(|known| known.account.email == *email)
            .cloned())
    }

    async fn credentials(&mut self, user: UserId) -> Result<Option<Credentials>, RepositoryError> {
        Ok(self
            .state
            .accounts
            .iter()
            .find(|known| known.account.id == user)
            .cloned())
    }

    async fn memberships(&mut self, user: UserId) -> Result<Vec<MembershipView>, RepositoryError> {
        Ok(self.views(user))
    }

    async fn principal(&mut self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        let found = self
            .state
            .sessions
            .iter()
            .find(|known| known.id == session)
            .cloned();
        Ok(found.map(|session| Principal {
            account: self.state.account(session.user_id).account.clone(),
            memberships: self
                .views(session.user_id)
                .into_iter()
                .map(|view| view.membership)
                .collect(),
            session,
        }))
    }

    async fn session_by_token(
        &mut self,
        digest: &[u8; 32],
    ) -> Result<Option<(Session, RefreshToken)>, RepositoryError> {
        let Some(token) = self.state.tokens.iter().find(|token| token.digest == *digest) else {
            return Ok(None);
        };
        let session = self
            .state
            .sessions
            .iter()
            .find(|session| session.id == token.session_id);
        Ok(session.map(|session| (session.clone(), token.clone())))
    }

    async fn session(&mut self, session: SessionId) -> Result<Option<Session>, RepositoryError> {
        Ok(self
            .state
            .sessions
            .iter()
            .find(|known| known.id == session)
            .cloned())
    }

    async fn sessions_of(
        &mut self,
        user: UserId,
        used_after: Instant,
        first: SessionId,
        limit: u32,
    ) -> Result<Vec<Session>, RepositoryError> {
        let alive = self.state.sessions.iter().filter(|known| {
            known.user_id == user && known.ended_at.is_none() && known.last_used_at > used_after
        });
        let mut found: Vec<Session> = alive.cloned().collect();
        found.sort_by_key(|known| std::cmp::Reverse((known.id == first, known.last_used_at, known.id)));
        found.truncate(usize::try_from(limit).unwrap());
        Ok(found)
    }

    async fn user(&mut self, user: UserId) -> Result<Option<UserView>, RepositoryError> {
        let found = self.state.accounts.iter().find(|known| known.account.id == user);
        Ok(found.map(|known| self.user_view(&known.account)))
    }

    async fn user_page(
        &mut self,
        filter: &UserFilter,
        page: &PageRequest<UserSort>,
    ) -> Result<Page<UserView>, RepositoryError> {
        let mut items = self.matching(filter);
        items.truncate(usize::from(page.limit));
        Ok(Page { items, next: None })
    }

    async fn user_count(&mut self, filter: &UserFilter) -> Result<u64, RepositoryError> {
        Ok(self.matching(filter).len() as u64)
    }

    async fn recipients(&mut self, users: &[UserId]) -> Result<Vec<Account>, RepositoryError> {
        let wanted = self.state.accounts.iter().map(|known| &known.account);
        Ok(wanted
            .filter(|account| users.contains(&account.id) && !account.is_disabled())
            .cloned()
            .collect())
    }

    async fn members_with_role(
        &mut self,
        tenant: TenantId,
        role: Role,
    ) -> Result<Vec<Account>, RepositoryError> {
        let holds = |account: &Account| {
            let held = self.state.memberships_of(account.id, tenant);
            held.into_iter()
                .any(|held| held.is_active() && held.roles.contains(&role))
        };
        let accounts = self.state.accounts.iter().map(|known| &known.account);
        Ok(accounts.filter(|account| holds(account)).cloned().collect())
    }
}
