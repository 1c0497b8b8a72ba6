//! Enabling a person again.

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

/// Enables the memberships of a person within the caller's reach, and the account itself unless another institution has
/// the person. Enabled already: nothing changes.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`].
#[tracing::instrument(name = "usecase.identity.users.enable", skip_all, fields(user.id = %user))]
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
    let disabled: Vec<Membership> = within
        .into_iter()
        .filter(|membership| !membership.is_active())
        .collect();
    let whole = !subject.elsewhere && subject.account.is_disabled();
    let mut work = services.database.begin(caller.scope()).await?;
    if disabled.is_empty() && !whole {
        return shown(work.people(), user).await;
    }
    let now = services.clock.now();
    let (account, replaces) = changed(subject.account);
    let disabled_at = account.disabled_at.filter(|_| !whole);
    work.people()
        .update_account(
            &Account {
                disabled_at,
                ..account
            },
            replaces,
        )
        .await?;
    for membership in &disabled {
        let enabled = Membership {
            status: MembershipStatus::Active,
            version: membership.version.next(),
            ..membership.clone()
        };
        work.people()
            .save_membership(&enabled, Some(membership.version))
            .await?;
    }
    let values = json!({
        "memberships": disabled.iter().map(record::membership).collect::<Vec<_>>(),
        "account_enabled": whole,
    });
    let trail = record::of(
        services,
        caller,
        ("identity.enable_user", tenant, user, now),
        values,
    );
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
}
