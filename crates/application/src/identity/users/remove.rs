//! Ending a person's membership, and with the last one erasing the person.

use ipt_domain::{Instant, id::UserId, identity::name::PersonName, version::Version};
use ipt_ports::{Scope, SystemScope, UnitOfWork};
use serde_json::json;

use super::{
    record,
    subject::{changed, load_within_reach},
};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::{IdentityError, exports},
};

/// Removes the memberships of a person within the caller's reach, and ends the sessions that act in the institution. What the
/// person did stays, and so does the account while it has another membership anywhere.
///
/// With the last membership the person is erased: name, address and password are taken away, with whatever else is kept of
/// the person alone; the address is free for somebody else. Placements, logs and the audit trail stay, without the name.
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
    let last = subject.only_here && within.len() == subject.here.len();
    // What is kept of a person lies in every institution that ever had the person.
    let scope = if last {
        Scope::System(SystemScope::Operator)
    } else {
        caller.scope()
    };
    let mut work = services.database.begin(scope).await?;
    let now = services.clock.now();
    let name = subject.account.full_name.clone();
    let (action, account, replaces) = if last {
        let replaces = subject.account.version;
        let erased = subject.account.erased(services.ids.next(), now);
        ("identity.erase_user", erased, replaces)
    } else {
        let (account, replaces) = changed(subject.account);
        ("identity.remove_user", account, replaces)
    };
    // Its version guards an erasure: whoever gets a membership at this moment is not erased.
    work.people().update_account(&account, replaces).await?;
    for membership in &within {
        work.people().delete_membership(membership.id).await?;
    }
    if within.len() == subject.here.len() {
        work.profiles().delete_profile(tenant, user).await?;
    }
    let ended = work.people().end_sessions_in(user, Some(tenant), now).await?;
    if last {
        erase_the_rest(services, work.as_mut(), (user, now), (&name, &account.full_name)).await?;
    }
    let values = json!({
        "memberships": within.iter().map(record::membership).collect::<Vec<_>>(),
        "sessions_ended": ended,
    });
    let trail = record::of(services, caller, (action, tenant, user, now), values);
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}

/// Erases what is kept of a person beside the account.
async fn erase_the_rest(
    services: &Services,
    work: &mut dyn UnitOfWork,
    (user, now): (UserId, Instant),
    (name, replacement): (&PersonName, &PersonName),
) -> Result<(), IdentityError> {
    work.people().clear_password(user).await?;
    work.mailed_secrets().remove_mailed_secrets(user).await?;
    for export in work.data_exports().data_exports_about(user).await? {
        let removal = exports::removal(services, &export, now)?;
        work.outbox().enqueue(&[removal]).await?;
    }
    work.data_exports().remove_data_exports(user).await?;
    Ok(work.people().erase_person(user, name, replacement).await?)
}
