//! Accounts, memberships and sessions.

use ipt_domain::{
    Instant,
    id::{MembershipId, OrganisationId, SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        lockout::Lockout,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
        tenant_role::RoleName,
    },
    text::Remark,
};

use crate::{
    RepositoryError,
    engagement::Trail,
    identity::PasswordHash,
    page::{Page, PageRequest},
};
use ipt_domain::version::Version;

/// An account with its password's hash.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// The hash; none while no password was set.
    pub password: Option<PasswordHash>,
}

/// A membership with the names that are shown with it.
#[derive(Clone, Debug)]
pub struct MembershipView {
    /// The membership.
    pub membership: Membership,
    /// The institution's code; none for the deployment.
    pub tenant_code: Option<String>,
    /// The institution's name.
    pub tenant_name: Option<String>,
    /// The institution's time zone, as an IANA name.
    pub tenant_zone: Option<String>,
    /// The organisation's name.
    pub organisation_name: Option<String>,
}

/// A person as an institution sees them.
#[derive(Clone, Debug)]
pub struct UserView {
    /// The account.
    pub account: Account,
    /// The memberships in scope.
    pub memberships: Vec<MembershipView>,
}

/// A signed-in session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, which is also the family of its refresh tokens.
    pub id: SessionId,
    /// The person.
    pub user_id: UserId,
    /// The institution in which the person acts (none: the deployment).
    pub tenant_id: Option<TenantId>,
    /// The device, as the client names itself; cut to 200 characters.
    pub device: String,
    /// The address from which it was opened.
    pub address: String,
    /// When the person proved who it is: at the sign-in from which it came, its own or that of a session before.
    pub signed_in_at: Instant,
    /// When it was opened.
    pub created_at: Instant,
    /// When it was last used to refresh.
    pub last_used_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
    /// Why the institution was entered by somebody who is no member of it: a superadmin's recorded reason.
    pub entered_for: Option<Remark>,
}

/// Whether somebody has signed in on a device before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceSeen {
    /// On this one.
    Before,
    /// On none so far.
    First,
    /// On others only.
    New,
}

/// One refresh token of a session, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The SHA-256 of the token.
    pub digest: [u8; 32],
    /// Its session.
    pub session_id: SessionId,
    /// When it was issued.
    pub issued_at: Instant,
    /// When it runs out.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Who stands behind a session, read anew for each request.
#[derive(Clone, Debug)]
pub struct Principal {
    /// The session; alive when it was not ended.
    pub session: Session,
    /// The account.
    pub account: Account,
    /// Every membership of the person, with its roles, disabled ones included.
    pub memberships: Vec<Membership>,
}

/// Which people are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Members of this institution.
    pub tenant: Option<TenantId>,
    /// With this role, of the product or of the institution.
    pub role: Option<RoleName>,
    /// With a membership in this status.
    pub status: Option<MembershipStatus>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Whose name or address contains this, without regard to case.
    pub text: Option<String>,
}

/// The field by which people are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserSort {
    /// The name, without regard to case.
    FullName,
    /// When the account was made.
    CreatedAt,
}

/// Reads people and sessions. Accounts and sessions belong to no institution; memberships do.
#[async_trait::async_trait]
pub trait PeopleReader: Send {
    /// The account with this address, compared without regard to case.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn credentials_by_email(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Option<Credentials>, RepositoryError>;

    /// An account.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn credentials(&mut self, user: UserId) -> Result<Option<Credentials>, RepositoryError>;

    /// Every membership of a person, with names.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn memberships(&mut self, user: UserId) -> Result<Vec<MembershipView>, RepositoryError>;

    /// Who stands behind a session, in one statement; none when the session is unknown.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn principal(&mut self, session: SessionId) -> Result<Option<Principal>, RepositoryError>;

    /// A session by the digest of one of its refresh tokens, with that token.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn session_by_token(
        &mut self,
        digest: &[u8; 32],
    ) -> Result<Option<(Session, RefreshToken)>, RepositoryError>;

    /// A session, alive or not.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn session(&mut self, session: SessionId) -> Result<Option<Session>, RepositoryError>;

    /// The sessions of a person that were not ended and were used after `used_after`: `first` at the head, the others by
    /// their last use, the latest first; at most `limit`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn sessions_of(
        &mut self,
        user: UserId,
        used_after: Instant,
        first: SessionId,
        limit: u32,
    ) -> Result<Vec<Session>, RepositoryError>;

    /// A person with the memberships in scope; none when there is none.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn user(&mut self, user: UserId) -> Result<Option<UserView>, RepositoryError>;

    /// A page of people.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn user_page(
        &mut self,
        filter: &UserFilter,
        page: &PageRequest<UserSort>,
    ) -> Result<Page<UserView>, RepositoryError>;

    /// How many people match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn user_count(&mut self, filter: &UserFilter) -> Result<u64, RepositoryError>;

    /// People with names and addresses, for telling them something: those of these ids who are not disabled.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn recipients(&mut self, users: &[UserId]) -> Result<Vec<Account>, RepositoryError>;

    /// The active members of an institution who hold a role.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn members_with_role(
        &mut self,
        tenant: TenantId,
        role: Role,
    ) -> Result<Vec<Account>, RepositoryError>;
}

/// Writes people and sessions.
#[async_trait::async_trait]
pub trait PeopleRepository: PeopleReader {
    /// Stores a new account.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with [`Constraint::UserEmail`](crate::Constraint::UserEmail).
    async fn insert_account(&mut self, credentials: &Credentials) -> Result<(), RepositoryError>;

    /// Stores a changed account, guarded by the version that it replaces: all of it but the password, the count of refused
    /// sign-ins and the institution used last. These have ways of their own, and do not count in the version: somebody who
    /// signs in, or guesses, is not in the way of whoever changes the account.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`].
    async fn update_account(&mut self, account: &Account, replaces: Version) -> Result<(), RepositoryError>;

    /// Stores the count of refused sign-ins, guarded by the count that it replaces.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`].
    async fn save_lockout(
        &mut self,
        user: UserId,
        lockout: Lockout,
        replaces: Lockout,
    ) -> Result<(), RepositoryError>;

    /// Stores in which institution a person acted last.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remember_tenant(&mut self, user: UserId, tenant: TenantId) -> Result<(), RepositoryError>;

    /// Stores a new password's hash.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<(), RepositoryError>;

    /// Takes the password of a person away: from then on none is right.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn clear_password(&mut self, user: UserId) -> Result<(), RepositoryError>;

    /// Stores a membership, new or changed.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::Membership`](crate::Constraint::Membership).
    async fn save_membership(
        &mut self,
        membership: &Membership,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError>;

    /// Removes a membership.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn delete_membership(&mut self, membership: MembershipId) -> Result<(), RepositoryError>;

    /// Opens a session with its first refresh token.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn open_session(&mut self, session: &Session, token: &RefreshToken) -> Result<(), RepositoryError>;

    /// Keeps in mind that a person signed in on a device, by a digest of its name; and whether that was so before.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn meet_device(
        &mut self,
        user: UserId,
        device: &[u8; 32],
        now: Instant,
    ) -> Result<DeviceSeen, RepositoryError>;

    /// Marks a refresh token as used, if it was not, and adds its successor; `false` when it was used already.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn rotate(
        &mut self,
        used: &RefreshToken,
        successor: &RefreshToken,
        now: Instant,
    ) -> Result<bool, RepositoryError>;

    /// Adds a further refresh token to a session, for a client that refreshed twice at once.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), RepositoryError>;

    /// Ends a session; `false` when it was ended already, or is unknown.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn end_session(&mut self, session: SessionId, now: Instant) -> Result<bool, RepositoryError>;

    /// Ends every session of a person; how many there were.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn end_sessions(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError>;

    /// Ends every session of a person but one; how many there were.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn end_other_sessions(
        &mut self,
        user: UserId,
        kept: SessionId,
        now: Instant,
    ) -> Result<u64, RepositoryError>;

    /// Ends every session of a person that acts in `tenant` (none: in the deployment); how many there were.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn end_sessions_in(
        &mut self,
        user: UserId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<u64, RepositoryError>;

    /// Erases what is kept of a person beside the account, in every institution: sessions, known devices, refused sign-ins and
    /// the institution used last, notifications to the person, preferences and kept answers; the values beside audit records about the person or
    /// the person's sessions, though not the records; and the `name` in notifications to others about the person's placements and
    /// logs, which `replacement` takes the place of. Placements, logs and reviews stay. Needs the scope of a system.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn erase_person(
        &mut self,
        user: UserId,
        name: &PersonName,
        replacement: &PersonName,
    ) -> Result<(), RepositoryError>;

    /// Writes the trail of a change of people.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn leave_trail(&mut self, trail: &Trail) -> Result<(), RepositoryError>;
}
