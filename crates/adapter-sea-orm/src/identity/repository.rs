//! Writes people and sessions: the port, which hands on to a file for each kind of row.

use ipt_domain::{
    Instant,
    id::{MembershipId, SessionId, TenantId, UserId},
    identity::{account::Account, lockout::Lockout, membership::Membership, name::PersonName},
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    engagement::Trail,
    identity::{Credentials, DeviceSeen, PasswordHash, PeopleRepository, RefreshToken, Session},
};

use crate::unit_of_work::SeaUnitOfWork;

#[async_trait::async_trait]
impl PeopleRepository for SeaUnitOfWork {
    async fn insert_account(&mut self, credentials: &Credentials) -> Result<(), RepositoryError> {
        self.insert_account_row(credentials).await
    }

    async fn update_account(&mut self, account: &Account, replaces: Version) -> Result<(), RepositoryError> {
        self.update_account_row(account, replaces).await
    }

    async fn save_lockout(
        &mut self,
        user: UserId,
        lockout: Lockout,
        replaces: Lockout,
    ) -> Result<(), RepositoryError> {
        self.store_lockout(user, lockout, replaces).await
    }

    async fn remember_tenant(&mut self, user: UserId, tenant: TenantId) -> Result<(), RepositoryError> {
        self.store_last_tenant(user, tenant).await
    }

    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<(), RepositoryError> {
        self.store_password(user, Some(password)).await
    }

    async fn clear_password(&mut self, user: UserId) -> Result<(), RepositoryError> {
        self.store_password(user, None).await
    }

    async fn save_membership(
        &mut self,
        membership: &Membership,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        match replaces {
            None => self.insert_membership(membership).await,
            Some(version) => self.update_membership(membership, version).await,
        }
    }

    async fn delete_membership(&mut self, membership: MembershipId) -> Result<(), RepositoryError> {
        self.remove_membership(membership).await
    }

    async fn open_session(&mut self, session: &Session, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.insert_session(session).await?;
        self.insert_token(token).await
    }

    async fn meet_device(
        &mut self,
        user: UserId,
        device: &[u8; 32],
        now: Instant,
    ) -> Result<DeviceSeen, RepositoryError> {
        let seen = self.seen_on(user, device).await?;
        self.remember_device(user, device, now).await?;
        Ok(seen)
    }

    async fn rotate(
        &mut self,
        used: &RefreshToken,
        successor: &RefreshToken,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        if !self.use_token(used, now).await? {
            return Ok(false);
        }
        self.insert_token(successor).await?;
        self.note_use_of_session(successor.session_id, now).await?;
        Ok(true)
    }

    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.insert_token(token).await
    }

    async fn end_session(&mut self, session: SessionId, now: Instant) -> Result<bool, RepositoryError> {
        self.end_one_session(session, now).await
    }

    async fn end_sessions(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        self.end_all_sessions(user, now).await
    }

    async fn end_other_sessions(
        &mut self,
        user: UserId,
        kept: SessionId,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        self.end_all_sessions_but(user, kept, now).await
    }

    async fn end_sessions_in(
        &mut self,
        user: UserId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        self.end_sessions_of(user, tenant, now).await
    }

    async fn erase_person(
        &mut self,
        user: UserId,
        name: &PersonName,
        replacement: &PersonName,
    ) -> Result<(), RepositoryError> {
        self.erase(user, (name, replacement)).await
    }

    async fn leave_trail(&mut self, trail: &Trail) -> Result<(), RepositoryError> {
        self.leave(trail).await
    }
}
