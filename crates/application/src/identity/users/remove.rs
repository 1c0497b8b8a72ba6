//! Ending a person's membership.

use ipt_domain::{id::UserId, version::Version};
use serde_json::json;

use super::{
    record,
    subject::{changed, load_within_reach},
};
use crate::{Caller, Services, concurrency::settle, identity::IdentityError};

/// Removes the memberships of a person within the caller's reach, and ends the sessions that act in the institution. The
/// account stays, and so does everything that the person did.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`].
#[tracing::instrument(name = "usecase.identity.users.remove", skip_all, fields(user.id = %user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<(), IdentityError> {
    settle(|| attempt(services, caller, user, seen)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<(), IdentityError> {
    let (subject, within, tenant) = load_within_reach(services, caller, user, seen).await?;
    let mut work = services.database.begin(caller.scope()).await?;
    let now = services.clock.now();
    let (account, replaces) = changed(subject.account);
    work.people().update_account(&account, replaces).await?;
    for membership in &within {
        work.people().delete_membership(membership.id).await?;
    }
    if within.len() == subject.here.len() {
        work.profiles().delete_profile(tenant, user).await?;
    }
    let ended = work.people().end_sessions_in(user, Some(tenant), now).await?;
    let values = json!({
        "memberships": within.iter().map(record::membership).collect::<Vec<_>>(),
        "sessions_ended": ended,
    });
    let trail = record::of(
        services,
        caller,
        ("identity.remove_user", tenant, user, now),
        values,
    );
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}
