//! The person whom a change concerns.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{account::Account, membership::Membership, permission::Permission, role::RoleChangeRefusal},
    version::Version,
};
use ipt_ports::{
    Scope, SystemScope,
    identity::{Credentials, UserView},
};

use super::reach::Reach;
use crate::{Caller, Services, concurrency::check_seen, identity::IdentityError};

/// A person of the caller's institution.
#[derive(Debug)]
pub(in crate::identity) struct Subject {
    /// The account. Every change of a person here counts in its version, so that two at once are noticed.
    pub(in crate::identity) account: Account,
    /// Whether the person has a password.
    pub(super) has_password: bool,
    /// The memberships in the caller's institution.
    pub(super) here: Vec<Membership>,
    /// Whether another institution, or the deployment, has the person too.
    pub(super) elsewhere: bool,
    /// Whether the person has no membership but those here, not even a disabled one.
    pub(super) only_here: bool,
}

impl Subject {
    /// Whether the person was invited and never set a password. One whose password is void has shown before who reads the
    /// mailbox.
    pub(super) const fn waits_for_invitation(&self) -> bool {
        !self.has_password && !self.account.is_verified()
    }
}

/// A person and how far the caller reaches.
///
/// Whether a person belongs elsewhere is seen by nobody but the application: hence the scope of sign-in.
///
/// # Errors
/// [`IdentityError::UserNotFound`] for somebody with no membership in the institution, before any right is looked at.
pub(in crate::identity) async fn load(
    services: &Services,
    caller: &Caller,
    user: UserId,
) -> Result<(Subject, Result<Reach, IdentityError>), IdentityError> {
    let tenant = caller
        .tenant_id()
        .ok_or(IdentityError::denied(Permission::UserManage))?;
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let people = reader.people();
    let Credentials { account, password } = people
        .credentials(user)
        .await?
        .ok_or(IdentityError::UserNotFound)?;
    let memberships = people
        .memberships(user)
        .await?
        .into_iter()
        .map(|view| view.membership);
    let (here, others): (Vec<_>, Vec<_>) =
        memberships.partition(|membership| membership.tenant_id == Some(tenant));
    if here.is_empty() {
        return Err(IdentityError::UserNotFound);
    }
    let elsewhere = others.iter().any(Membership::is_active);
    let reach = Reach::of(people, caller, Permission::UserManage).await;
    Ok((
        Subject {
            account,
            has_password: password.is_some(),
            here,
            elsewhere,
            only_here: others.is_empty(),
        },
        reach,
    ))
}

/// Another person, whose memberships the caller may end or mend, and which of them lie within reach.
///
/// # Errors
/// Not found, then not allowed, then the version.
pub(super) async fn load_within_reach(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<(Subject, Vec<Membership>, TenantId), IdentityError> {
    let (subject, reach) = load(services, caller, user).await?;
    let reach = reach?;
    if user == caller.user_id() {
        return Err(IdentityError::Roles(RoleChangeRefusal::OwnRoles));
    }
    let within: Vec<Membership> = subject
        .here
        .iter()
        .filter(|membership| reach.covers(membership))
        .cloned()
        .collect();
    if within.is_empty() {
        return Err(IdentityError::denied(Permission::UserManage));
    }
    reach.check_over(&within)?;
    check_seen(seen, subject.account.version)?;
    Ok((subject, within, reach.tenant))
}

/// Oneself, with every membership here, or another person as [`load_within_reach`].
///
/// # Errors
/// Not found, then not allowed.
pub(in crate::identity) async fn load_own_or_within_reach(
    services: &Services,
    caller: &Caller,
    user: UserId,
) -> Result<(Subject, Vec<Membership>, TenantId), IdentityError> {
    if user != caller.user_id() {
        return load_within_reach(services, caller, user, None).await;
    }
    let (subject, _) = load(services, caller, user).await?;
    let tenant = caller
        .tenant_id()
        .ok_or(IdentityError::denied(Permission::UserManage))?;
    let here = subject.here.clone();
    Ok((subject, here, tenant))
}

/// The account after one more change.
pub(in crate::identity) fn changed(account: Account) -> (Account, Version) {
    let replaces = account.version;
    (
        Account {
            version: replaces.next(),
            ..account
        },
        replaces,
    )
}

/// The person as the institution sees them after a change.
pub(super) async fn shown(
    people: &mut dyn ipt_ports::identity::PeopleRepository,
    user: UserId,
) -> Result<UserView, IdentityError> {
    people.user(user).await?.ok_or(IdentityError::UserNotFound)
}
