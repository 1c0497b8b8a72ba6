//! Refused passwords, at sign-in or where a change asks for the current one: counted and written down.

use ipt_domain::{Instant, id::UserId, identity::lockout::Lockout};
use ipt_ports::{RepositoryError, Scope, SystemScope, engagement::Trail};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Services,
    concurrency::{LostRace as _, settle},
    identity::IdentityError,
    trail::{Deed, Doer, trail},
};

/// Where a password was refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    /// The action in the audit trail.
    pub(super) action: &'static str,
    /// Who tried, and from where. Whether it was the account's owner who tried to sign in is in question: nobody is named.
    pub(super) doer: Doer<'a>,
}

/// Why a password was refused. Only the audit trail is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    UnknownAddress,
    WrongPassword,
    Locked,
    PasswordChanged,
    AccountDisabled,
    NotVerified,
    NoMembership,
}

impl Failure {
    const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownAddress => "unknown_address",
            Self::WrongPassword => "wrong_password",
            Self::Locked => "locked",
            Self::PasswordChanged => "password_changed",
            Self::AccountDisabled => "account_disabled",
            Self::NotVerified => "not_verified",
            Self::NoMembership => "no_membership",
        }
    }
}

impl From<Failure> for IdentityError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotVerified => Self::EmailNotVerified,
            Failure::UnknownAddress
            | Failure::WrongPassword
            | Failure::Locked
            | Failure::PasswordChanged
            | Failure::AccountDisabled
            | Failure::NoMembership => Self::InvalidCredentials,
        }
    }
}

/// Counts a failure on an account and writes it down. Of failures at once each counts: the counter guards itself. It has no
/// part in the account's version, so that nobody keeps others from changing an account by guessing its password.
async fn count(services: &Services, attempt: Attempt<'_>, user: UserId) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let Some(account) = work.people().credentials(user).await?.map(|found| found.account) else {
        return Ok(());
    };
    let now = services.clock.now();
    let failure = if account.lockout.is_locked(now) {
        Failure::Locked
    } else {
        Failure::WrongPassword
    };
    // Stored also where a lock leaves nothing to count: every refusal takes as long.
    let counted = account.lockout.after_failure(now);
    work.people().save_lockout(user, counted, account.lockout).await?;
    work.people()
        .leave_trail(&trail_of(services, attempt, user, failure, now))
        .await?;
    work.commit().await?;
    Ok(())
}

/// Counts a failure on an account and writes it down. Under a hail of guesses it may lose every race; each race that is lost
/// is another failure that was counted, so that the lock comes all the same, and the answer is no other.
pub(super) async fn of(services: &Services, attempt: Attempt<'_>, user: UserId) -> Result<(), IdentityError> {
    match settle(|| count(services, attempt, user)).await {
        Err(error) if error.is_lost_race() => note(services, attempt, user).await,
        outcome => outcome,
    }
}

/// Writes down a try with an address that nobody has, by the same steps as a failure on an account, so that it takes as long.
/// What was typed is not kept: it may be a password.
pub(super) async fn of_nobody(services: &Services, attempt: Attempt<'_>) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let (nobody, now) = (UserId::new(services.ids.next()), services.clock.now());
    work.people().credentials(nobody).await?;
    let counted = Lockout::default().after_failure(now);
    match work
        .people()
        .save_lockout(nobody, counted, Lockout::default())
        .await
    {
        Ok(()) | Err(RepositoryError::Stale) => {}
        Err(error) => return Err(error.into()),
    }
    let trail = written(services, attempt, None, Failure::UnknownAddress, now);
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}

/// Writes a wrong password down, and changes nothing else.
async fn note(services: &Services, attempt: Attempt<'_>, user: UserId) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let trail = trail_of(
        services,
        attempt,
        user,
        Failure::WrongPassword,
        services.clock.now(),
    );
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}

/// The trail of a refused password of an account.
pub(super) fn trail_of(
    services: &Services,
    attempt: Attempt<'_>,
    user: UserId,
    failure: Failure,
    now: Instant,
) -> Trail {
    written(services, attempt, Some(user), failure, now)
}

/// The trail of a refused password.
fn written(
    services: &Services,
    attempt: Attempt<'_>,
    account: Option<UserId>,
    failure: Failure,
    now: Instant,
) -> Trail {
    let deed = Deed {
        action: attempt.action.into(),
        object_kind: "user",
        object_id: account.map_or_else(Uuid::nil, UserId::uuid),
        tenant: None,
        on_behalf_of: None,
        at: now,
        values: json!({ "reason": failure.as_str() }),
    };
    trail(services, attempt.doer, deed, Vec::new())
}
