//! Disabling a person.

use ipt_domain::{
    id::UserId,
    identity::{
        account::Account,
        membership::{Membership, MembershipStatus},
    },
    version::Version,
};
use ipt_ports::identity::UserView;
use serde_json::json;

use super::{
    record,
    subject::{changed, load_within_reach, shown},
};
use crate::{Caller, Services, concurrency::settle, identity::IdentityError};

/// Disables the memberships of a person within the caller's reach, and ends the sessions that act in the institution. The
/// account itself is disabled when nothing else is left of it anywhere. Disabled already: nothing changes.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`].
#[tracing::instrument(name = "usecase.identity.users.disable", skip_all, fields(user.id = %user))]
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
    let (subject, within, tenant) = load_within_reach(services, caller, user, seen).await?;
    let active: Vec<Membership> = within.into_iter().filter(Membership::is_active).collect();
    let touched = |membership: &&Membership| active.iter().any(|other| other.id == membership.id);
    let left = subject
        .here
        .iter()
        .filter(|membership| !touched(membership))
        .any(Membership::is_active);
    let whole = !subject.elsewhere && !left;
    let mut work = services.database.begin(caller.scope()).await?;
    if active.is_empty() && (!whole || subject.account.is_disabled()) {
        return shown(work.people(), user).await;
    }
    let now = services.clock.now();
    let (account, replaces) = changed(subject.account);
    let disabled_at = account.disabled_at.or(whole.then_some(now));
    work.people()
        .update_account(
            &Account {
                disabled_at,
                ..account
            },
            replaces,
        )
        .await?;
    for membership in &active {
        let disabled = Membership {
            status: MembershipStatus::Disabled,
            version: membership.version.next(),
            ..membership.clone()
        };
        work.people()
            .save_membership(&disabled, Some(membership.version))
            .await?;
    }
    let ended = if whole {
        work.people().end_sessions(user, now).await?
    } else {
        work.people().end_sessions_in(user, Some(tenant), now).await?
    };
    let values = json!({
        "memberships": active.iter().map(record::membership).collect::<Vec<_>>(),
        "account_disabled": whole,
        "sessions_ended": ended,
    });
    let trail = record::of(
        services,
        caller,
        ("identity.disable_user", tenant, user, now),
        values,
    );
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
}
