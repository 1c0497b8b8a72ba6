//! Taking a lock off.

use ipt_domain::{id::UserId, identity::lockout::Lockout, version::Version};
use ipt_ports::identity::UserView;
use serde_json::json;

use super::{
    record,
    subject::{changed, load_within_reach, shown},
};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
};

/// Forgets the failures to sign in of a person, and so takes off the lock that they led to. Of somebody whom another
/// institution has too, the lock is left to end by itself. Nothing to forget: nothing changes.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`], then
/// [`IdentityError::Rules`] with `account_shared`.
#[tracing::instrument(name = "usecase.identity.users.unlock", skip_all, fields(user.id = %user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<UserView, IdentityError> {
    settle(|| attempt(services, caller, user, seen)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<UserView, IdentityError> {
    let (subject, _, tenant) = load_within_reach(services, caller, user, seen).await?;
    if subject.elsewhere {
        return Err(BrokenRules::one(IdentityViolation::AccountShared { pointer: "" }).into());
    }
    let mut work = services.database.begin(caller.scope()).await?;
    if subject.account.lockout == Lockout::default() {
        return shown(work.people(), user).await;
    }
    let (account, replaces) = changed(subject.account);
    let values =
        json!({ "failures": account.lockout.failures(), "locked_until": account.lockout.locked_until() });
    work.people().update_account(&account, replaces).await?;
    work.people()
        .save_lockout(user, Lockout::default(), account.lockout)
        .await?;
    let deed = ("identity.unlock_user", tenant, user, services.clock.now());
    let trail = record::of(services, caller, deed, values);
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
}
