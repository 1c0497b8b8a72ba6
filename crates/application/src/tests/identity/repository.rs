//! Writes people and sessions.

use async_trait::async_trait;
use ipt_domain::{
    Instant,
    id::{MembershipId, SessionId, TenantId, UserId},
    identity::{account::Account, lockout::Lockout, membership::Membership, name::PersonName},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError, Scope,
    engagement::Trail,
    identity::{Credentials, DeviceSeen, PasswordHash, PeopleRepository, RefreshToken, Session},
};

use crate::tests::work::MemoryWork;

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

    async fn meet_device(
        &mut self,
        user: UserId,
        device: &[u8; 32],
        now: Instant,
    ) -> Result<DeviceSeen, RepositoryError> {
        let others = self.state.devices.keys().filter(|(of, _)| *of == user).count();
        Ok(match (self.state.devices.insert((user, *device), now), others) {
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
        self.state.erase(user, name, replacement);
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
