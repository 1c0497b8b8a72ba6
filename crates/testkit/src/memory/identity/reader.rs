//! Reads people and sessions.

use std::cmp::Reverse;

use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
    identity::{account::Account, email::EmailAddress, role::Role},
};
use ipt_ports::{
    RepositoryError,
    identity::{
        Credentials, MembershipView, PeopleReader, Principal, RefreshToken, Session, UserFilter, UserSort,
        UserView,
    },
    page::{Page, PageRequest},
};

use crate::memory::{
    fold::folded,
    keyset::{self, Key, Kind},
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl PeopleReader for MemoryUnitOfWork {
    async fn credentials_by_email(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Option<Credentials>, RepositoryError> {
        let mut known = self.state().accounts.values();
        Ok(known
            .find(|known| known.account.email.normalised() == email.normalised())
            .cloned())
    }

    async fn credentials(&mut self, user: UserId) -> Result<Option<Credentials>, RepositoryError> {
        Ok(self.state().accounts.get(&user).cloned())
    }

    async fn memberships(&mut self, user: UserId) -> Result<Vec<MembershipView>, RepositoryError> {
        Ok(self.membership_views(user))
    }

    async fn principal(&mut self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        let Some(session) = self.state().sessions.get(&session) else {
            return Ok(None);
        };
        Ok(self
            .state()
            .accounts
            .get(&session.user_id)
            .map(|known| Principal {
                session: session.clone(),
                account: known.account.clone(),
                memberships: self.memberships_of(session.user_id),
            }))
    }

    async fn session_by_token(
        &mut self,
        digest: &[u8; 32],
    ) -> Result<Option<(Session, RefreshToken)>, RepositoryError> {
        let Some(token) = self.state().tokens.get(digest) else {
            return Ok(None);
        };
        let session = self.state().sessions.get(&token.session_id);
        Ok(session.map(|session| (session.clone(), token.clone())))
    }

    async fn session(&mut self, session: SessionId) -> Result<Option<Session>, RepositoryError> {
        Ok(self.state().sessions.get(&session).cloned())
    }

    async fn sessions_of(
        &mut self,
        user: UserId,
        used_after: Instant,
        first: SessionId,
        limit: u32,
    ) -> Result<Vec<Session>, RepositoryError> {
        let known = self.state().sessions.values();
        let alive = known.filter(|session| {
            session.user_id == user && session.ended_at.is_none() && session.last_used_at > used_after
        });
        let mut found: Vec<Session> = alive.cloned().collect();
        found.sort_by_key(|session| Reverse((session.id == first, session.last_used_at, session.id)));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn user(&mut self, user: UserId) -> Result<Option<UserView>, RepositoryError> {
        let known = self.state().accounts.get(&user).filter(|_| self.is_visible(user));
        Ok(known.map(|known| self.user_view(&known.account)))
    }

    async fn user_page(
        &mut self,
        filter: &UserFilter,
        page: &PageRequest<UserSort>,
    ) -> Result<Page<UserView>, RepositoryError> {
        let kind = |field| match field {
            UserSort::FullName => Kind::Text,
            UserSort::CreatedAt => Kind::Instant,
        };
        let key = |account: &&Account, field| match field {
            UserSort::FullName => Some(Key::Text(folded(account.full_name.as_str()))),
            UserSort::CreatedAt => Some(Key::Instant(account.created_at)),
        };
        let id = |account: &&Account| account.id.uuid();
        let found = keyset::page(self.accounts_matching(filter), kind, key, id, page)?;
        Ok(found.map(|account| self.user_view(account)))
    }

    async fn user_count(&mut self, filter: &UserFilter) -> Result<u64, RepositoryError> {
        Ok(self.accounts_matching(filter).count() as u64)
    }

    async fn recipients(&mut self, users: &[UserId]) -> Result<Vec<Account>, RepositoryError> {
        let known = self.state().accounts.values().map(|known| &known.account);
        let wanted = known.filter(|account| users.contains(&account.id) && !account.is_disabled());
        Ok(wanted
            .filter(|account| self.is_visible(account.id))
            .cloned()
            .collect())
    }

    async fn members_with_role(
        &mut self,
        tenant: TenantId,
        role: Role,
    ) -> Result<Vec<Account>, RepositoryError> {
        let holds = |account: &&Account| {
            self.memberships_of(account.id)
                .iter()
                .any(|held| held.tenant_id == Some(tenant) && held.is_active() && held.roles.contains(&role))
        };
        let known = self.state().accounts.values().map(|known| &known.account);
        Ok(known
            .filter(|account| !account.is_disabled())
            .filter(holds)
            .cloned()
            .collect())
    }
}
