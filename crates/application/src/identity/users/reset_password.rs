//! Having a person set a new password.

use ipt_domain::{
    id::UserId,
    identity::{
        lockout::Lockout,
        mailed_secret::{MailPace, SecretPurpose},
    },
    version::Version,
};
use ipt_ports::{
    UnitOfWork,
    engagement::{Message, Trail},
    identity::UserView,
};
use serde_json::json;

use super::{
    invite::invite,
    record,
    subject::{Subject, changed, load_within_reach, shown},
};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::{IdentityError, mailing},
};
use ipt_domain::{Instant, id::TenantId};

/// Mails a code to a person with which a new password is set, or the invitation again to somebody who never set one.
///
/// The sessions that act in the institution end. While no other institution has the person, all of them end, and the old
/// password is void at once; whom another one has too keeps it until a new one is set.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`].
#[tracing::instrument(name = "usecase.identity.users.reset_password", skip_all, fields(user.id = %user))]
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
    let mut work = services.database.begin(caller.scope()).await?;
    let now = services.clock.now();
    let (whole, waits) = (!subject.elsewhere, subject.waits_for_invitation());
    let ended = if whole {
        work.people().end_sessions(user, now).await?
    } else {
        work.people().end_sessions_in(user, Some(tenant), now).await?
    };
    let mail = mail(services, work.as_mut(), &subject, tenant, now).await?;
    let (account, replaces) = changed(subject.account);
    work.people().update_account(&account, replaces).await?;
    if whole {
        work.people()
            .save_lockout(user, Lockout::default(), account.lockout)
            .await?;
        work.people().clear_password(user).await?;
    }
    let values = json!({ "password_void": whole, "invited_again": waits, "sessions_ended": ended });
    let trail = record::of(
        services,
        caller,
        ("identity.reset_user_password", tenant, user, now),
        values,
    );
    let trail = Trail {
        messages: mail.into_iter().collect(),
        ..trail
    };
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
}

/// The mail with the code, or with the invitation.
async fn mail(
    services: &Services,
    work: &mut dyn UnitOfWork,
    subject: &Subject,
    tenant: TenantId,
    now: Instant,
) -> Result<Option<Message>, IdentityError> {
    let user = subject.account.id;
    if subject.waits_for_invitation() {
        return Ok(invite(services, work, user, tenant, now).await?);
    }
    let whose = (user, SecretPurpose::ResetPassword);
    let issued = mailing::issue(services, work, whose, MailPace::Ordered, now).await?;
    Ok(issued.map(|secret| mailing::mail(services, &secret, "password_reset_ordered", Some(tenant))))
}
