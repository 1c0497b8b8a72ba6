//! Writes people, memberships and sessions.

use ipt_domain::{
    Instant,
    id::{MembershipId, SessionId, TenantId, UserId},
    identity::{account::Account, lockout::Lockout, membership::Membership, name::PersonName, role::Role},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    identity::{Credentials, DeviceSeen, PasswordHash, PeopleRepository, RefreshToken, Session},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

#[async_trait::async_trait]
impl PeopleRepository for MemoryUnitOfWork {
    async fn insert_account(&mut self, credentials: &Credentials) -> Result<(), RepositoryError> {
        let id = credentials.account.id;
        self.hold(!self.state().accounts.contains_key(&id), Constraint::Other)?;
        self.check_account(&credentials.account)?;
        self.change().accounts.insert(id, credentials.clone());
        Ok(())
    }

    /// Everything but the time at which it was made, and what has a way of its own.
    async fn update_account(&mut self, account: &Account, replaces: Version) -> Result<(), RepositoryError> {
        let stored = self.state().accounts.get(&account.id).cloned();
        self.check_version(stored.as_ref().map(|known| known.account.version), replaces)?;
        let Credentials {
            account: before,
            password,
        } = stored.ok_or(RepositoryError::Stale)?;
        let account = Account {
            created_at: before.created_at,
            lockout: before.lockout,
            last_tenant: before.last_tenant,
            ..account.clone()
        };
        self.check_account(&account)?;
        self.change()
            .accounts
            .insert(account.id, Credentials { account, password });
        Ok(())
    }

    async fn save_lockout(
        &mut self,
        user: UserId,
        lockout: Lockout,
        replaces: Lockout,
    ) -> Result<(), RepositoryError> {
        let stored = self
            .state()
            .accounts
            .get(&user)
            .map(|known| known.account.lockout);
        if stored != Some(replaces) || self.loses_race() {
            return Err(RepositoryError::Stale);
        }
        if let Some(known) = self.change().accounts.get_mut(&user) {
            known.account.lockout = lockout;
        }
        Ok(())
    }

    async fn remember_tenant(&mut self, user: UserId, tenant: TenantId) -> Result<(), RepositoryError> {
        self.refers(self.state().has_institution(tenant))?;
        if let Some(known) = self.change().accounts.get_mut(&user) {
            known.account.last_tenant = Some(tenant);
        }
        Ok(())
    }

    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<(), RepositoryError> {
        self.store_password(user, Some(password.clone()))
    }

    async fn clear_password(&mut self, user: UserId) -> Result<(), RepositoryError> {
        self.store_password(user, None)
    }

    async fn save_membership(
        &mut self,
        membership: &Membership,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let mut membership = match replaces {
            None => {
                self.demand_strictly(membership.tenant_id)?;
                self.hold(
                    !self.state().memberships.contains_key(&membership.id),
                    Constraint::Other,
                )?;
                membership.clone()
            }
            Some(version) => self.changed_membership(membership, version)?,
        };
        self.check_membership(&membership)?;
        membership.roles = in_order(&membership.roles);
        self.change().memberships.insert(membership.id, membership);
        Ok(())
    }

    async fn delete_membership(&mut self, membership: MembershipId) -> Result<(), RepositoryError> {
        let tenant = self
            .state()
            .memberships
            .get(&membership)
            .map(|held| held.tenant_id);
        if tenant.is_some_and(|tenant| self.sees(tenant)) {
            self.change().memberships.remove(&membership);
        }
        Ok(())
    }

    async fn open_session(&mut self, session: &Session, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.insert_session(session)?;
        self.insert_token(token)
    }

    async fn meet_device(
        &mut self,
        user: UserId,
        device: &[u8; 32],
        now: Instant,
    ) -> Result<DeviceSeen, RepositoryError> {
        self.refers(self.state().has_person(user))?;
        let of_person = |(of, _): &&(UserId, [u8; 32])| *of == user;
        let others = self.state().devices.keys().filter(of_person).count();
        let before = self.change().devices.insert((user, *device), now);
        Ok(match (before, others) {
            (Some(_), _) => DeviceSeen::Before,
            (None, 0) => DeviceSeen::First,
            (None, _) => DeviceSeen::New,
        })
    }

    async fn rotate(
        &mut self,
        used: &RefreshToken,
        successor: &RefreshToken,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        if !self.use_token(used, now) {
            return Ok(false);
        }
        self.insert_token(successor)?;
        if let Some(session) = self.change().sessions.get_mut(&successor.session_id) {
            session.last_used_at = now;
        }
        Ok(true)
    }

    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.insert_token(token)
    }

    async fn end_session(&mut self, session: SessionId, now: Instant) -> Result<bool, RepositoryError> {
        Ok(self.end_sessions_where(now, |known| known.id == session) > 0)
    }

    async fn end_sessions(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        Ok(self.end_sessions_where(now, |session| session.user_id == user))
    }

    async fn end_other_sessions(
        &mut self,
        user: UserId,
        kept: SessionId,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        Ok(self.end_sessions_where(now, |session| session.user_id == user && session.id != kept))
    }

    async fn end_sessions_in(
        &mut self,
        user: UserId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        Ok(self.end_sessions_where(now, |session| {
            session.user_id == user && session.tenant_id == tenant
        }))
    }

    async fn erase_person(
        &mut self,
        user: UserId,
        name: &PersonName,
        replacement: &PersonName,
    ) -> Result<(), RepositoryError> {
        self.demand_strictly(None)?;
        self.erase(user, name, replacement);
        Ok(())
    }

    async fn leave_trail(&mut self, trail: &Trail) -> Result<(), RepositoryError> {
        self.leave(trail)
    }
}

impl MemoryUnitOfWork {
    fn store_password(
        &mut self,
        user: UserId,
        password: Option<PasswordHash>,
    ) -> Result<(), RepositoryError> {
        match self.change().accounts.get_mut(&user) {
            Some(known) => {
                known.password = password;
                Ok(())
            }
            None => Err(self.conflict(Constraint::Reference)),
        }
    }

    /// The person and the institution of a membership never change.
    fn changed_membership(
        &self,
        changed: &Membership,
        replaces: Version,
    ) -> Result<Membership, RepositoryError> {
        let stored = self
            .state()
            .memberships
            .get(&changed.id)
            .filter(|held| self.sees(held.tenant_id));
        self.check_version(stored.map(|held| held.version), replaces)?;
        let stored = stored.ok_or(RepositoryError::Stale)?.clone();
        Ok(Membership {
            organisation_id: changed.organisation_id,
            status: changed.status,
            roles: changed.roles.clone(),
            further: changed.further.clone(),
            version: changed.version,
            ..stored
        })
    }

    fn check_account(&mut self, account: &Account) -> Result<(), RepositoryError> {
        let mut others = self
            .state()
            .accounts
            .values()
            .filter(|known| known.account.id != account.id);
        let free = others.all(|known| known.account.email.normalised() != account.email.normalised());
        self.hold(free, Constraint::UserEmail)?;
        self.refers(
            account
                .last_tenant
                .is_none_or(|tenant| self.state().has_institution(tenant)),
        )
    }

    fn check_membership(&mut self, membership: &Membership) -> Result<(), RepositoryError> {
        let Membership {
            id,
            user_id,
            tenant_id,
            organisation_id,
            ..
        } = *membership;
        self.hold(
            tenant_id.is_some() || organisation_id.is_none(),
            Constraint::Other,
        )?;
        let mut others = self.state().memberships.values().filter(|held| held.id != id);
        let same = |held: &Membership| {
            held.user_id == user_id && held.tenant_id == tenant_id && held.organisation_id == organisation_id
        };
        let free = !others.any(same);
        self.hold(free, Constraint::Membership)?;
        let known = self.state().has_person(user_id)
            && tenant_id.is_none_or(|tenant| self.state().has_institution(tenant));
        let mut further = membership.further.iter();
        let defined = further.all(|role| self.state().tenant_roles.contains_key(&role.id));
        self.refers(known && defined)
    }
}

/// The roles in the order in which they are always given.
fn in_order(roles: &[Role]) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|role| roles.contains(role))
        .collect()
}
