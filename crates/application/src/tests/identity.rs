//! People and sessions in memory.

use async_trait::async_trait;
use ipt_domain::{
    Instant,
    id::{MembershipId, SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        lockout::Lockout,
        membership::Membership,
        name::PersonName,
        role::Role,
        tenant_role::{FurtherRole, RoleName},
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError, Scope,
    engagement::Trail,
    identity::{
        Credentials, MembershipView, PasswordHash, PeopleReader, PeopleRepository, Principal, RefreshToken,
        Session, UserFilter, UserSort, UserView,
    },
    page::{Page, PageRequest},
};

use super::work::MemoryWork;

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

#[async_trait]
impl PeopleRepository for MemoryWork {
    async fn insert_account(&mut self, credentials: &Credentials) -> Result<(), RepositoryError> {
        let taken = |known: &Credentials| known.account.email == credentials.account.email;
        if self.state.accounts.iter().any(taken) {
            return Err(RepositoryError::Conflict(Constraint::UserEmail));
        }
        self.state.accounts.push(credentials.clone());
        Ok(())
    }

    async fn update_account(&mut self, account: &Account, replaces: Version) -> Result<(), RepositoryError> {
        let stored = self.state.account(account.id).account.version;
        self.guard(Some(stored), Some(replaces))?;
        let mut accounts = self.state.accounts.iter_mut();
        let place = accounts.find(|known| known.account.id == account.id).unwrap();
        place.account = Account {
            lockout: place.account.lockout,
            last_tenant: place.account.last_tenant,
            ..account.clone()
        };
        Ok(())
    }

    async fn save_lockout(
        &mut self,
        user: UserId,
        lockout: Lockout,
        replaces: Lockout,
    ) -> Result<(), RepositoryError> {
        // Races to lose are those of whatever is guarded.
        let version = self.state.account(user).account.version;
        self.guard(Some(version), Some(version))?;
        let mut accounts = self.state.accounts.iter_mut();
        let account = &mut accounts.find(|known| known.account.id == user).unwrap().account;
        if account.lockout != replaces {
            return Err(RepositoryError::Stale);
        }
        account.lockout = lockout;
        Ok(())
    }

    async fn remember_tenant(&mut self, user: UserId, tenant: TenantId) -> Result<(), RepositoryError> {
        let mut accounts = self.state.accounts.iter_mut();
        accounts
            .find(|known| known.account.id == user)
            .unwrap()
            .account
            .last_tenant = Some(tenant);
        Ok(())
    }

    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<(), RepositoryError> {
        let place = self
            .state
            .accounts
            .iter_mut()
            .find(|known| known.account.id == user);
        place.unwrap().password = Some(password.clone());
        Ok(())
    }

    async fn clear_password(&mut self, user: UserId) -> Result<(), RepositoryError> {
        let mut accounts = self.state.accounts.iter_mut();
        accounts.find(|known| known.account.id == user).unwrap().password = None;
        Ok(())
    }

    async fn save_membership(
        &mut self,
        membership: &Membership,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        assert!(
            self.covers(membership.tenant_id),
            "a membership outside of the scope"
        );
        let stored = self
            .state
            .memberships
            .iter()
            .find(|held| held.id == membership.id);
        let stored = stored.map(|held| held.version);
        let key = |held: &Membership| (held.user_id, held.tenant_id, held.organisation_id);
        let taken = self
            .state
            .memberships
            .iter()
            .any(|held| key(held) == key(membership));
        if stored.is_none() && taken {
            return Err(RepositoryError::Conflict(Constraint::Membership));
        }
        if stored != replaces {
            return Err(RepositoryError::Stale);
        }
        self.state.memberships.retain(|held| held.id != membership.id);
        self.state.memberships.push(membership.clone());
        Ok(())
    }

    async fn delete_membership(&mut self, membership: MembershipId) -> Result<(), RepositoryError> {
        self.state.memberships.retain(|held| held.id != membership);
        Ok(())
    }

    async fn open_session(&mut self, session: &Session, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.state.sessions.push(session.clone());
        self.state.tokens.push(token.clone());
        Ok(())
    }

    async fn rotate(
        &mut self,
        used: &RefreshToken,
        successor: &RefreshToken,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let place = self
            .state
            .tokens
            .iter_mut()
            .find(|token| token.digest == used.digest)
            .unwrap();
        if place.used_at.is_some() {
            return Ok(false);
        }
        place.used_at = Some(now);
        self.state.tokens.push(successor.clone());
        Ok(true)
    }

    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.state.tokens.push(token.clone());
        Ok(())
    }

    async fn end_session(&mut self, session: SessionId, now: Instant) -> Result<bool, RepositoryError> {
        let named = self.state.sessions.iter_mut().filter(|known| known.id == session);
        Ok(end(named, now) > 0)
    }

    async fn end_sessions(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        Ok(end(
            self.state
                .sessions
                .iter_mut()
                .filter(|known| known.user_id == user),
            now,
        ))
    }

    async fn end_other_sessions(
        &mut self,
        user: UserId,
        kept: SessionId,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        let sessions = self.state.sessions.iter_mut();
        let others = sessions.filter(|known| known.user_id == user && known.id != kept);
        Ok(end(others, now))
    }

    async fn end_sessions_in(
        &mut self,
        user: UserId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        let own = self
            .state
            .sessions
            .iter_mut()
            .filter(|known| known.user_id == user);
        Ok(end(own.filter(|known| known.tenant_id == tenant), now))
    }

    async fn erase_person(
        &mut self,
        user: UserId,
        name: &PersonName,
        replacement: &PersonName,
    ) -> Result<(), RepositoryError> {
        assert!(
            matches!(self.scope, Scope::System(_)),
            "an erasure outside of its scope"
        );
        let state = &mut self.state;
        let sessions: Vec<_> = state
            .sessions
            .iter()
            .filter(|session| session.user_id == user)
            .map(|session| session.id.uuid())
            .collect();
        for entry in &mut state.audit {
            let record = &entry.record;
            let about = match record.object_kind.as_ref() {
                "user" => record.object_id == user.uuid(),
                "session" => record.actor == Some(user) || sessions.contains(&record.object_id),
                _ => false,
            };
            if about {
                entry.detail = None;
            }
        }
        state.sessions.retain(|session| session.user_id != user);
        for known in state.accounts.iter_mut().filter(|known| known.account.id == user) {
            known.account.last_tenant = None;
            known.account.lockout = Lockout::default();
        }
        state.notifications.retain(|told| told.user_id != user);
        state.preferences.retain(|(of, _)| *of != user);
        state.reminders.retain(|(of, ..)| *of != user);
        for told in &mut state.notifications {
            let text = told
                .values
                .to_string()
                .replace(name.as_str(), replacement.as_str());
            told.values = serde_json::from_str(&text).unwrap();
        }
        Ok(())
    }

    async fn leave_trail(&mut self, trail: &Trail) -> Result<(), RepositoryError> {
        self.state.leave(trail);
        Ok(())
    }
}

/// Ends those that are open; how many there were.
fn end<'a>(sessions: impl Iterator<Item = &'a mut Session>, now: Instant) -> u64 {
    let mut ended = 0;
    for session in sessions.filter(|session| session.ended_at.is_none()) {
        session.ended_at = Some(now);
        ended += 1;
    }
    ended
}
