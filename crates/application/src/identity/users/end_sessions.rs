//! Ending the sessions of a person.

use ipt_domain::{id::UserId, version::Version};
use ipt_ports::identity::UserView;
use serde_json::json;

use super::{
    record,
    subject::{load_within_reach, shown},
};
use crate::{Caller, Services, identity::IdentityError};

/// Ends the sessions of a person that act in the caller's institution; all of them when no other institution has the
/// person.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`].
#[tracing::instrument(name = "usecase.identity.users.end_sessions", skip_all, fields(user.id = %user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    user: UserId,
    seen: Option<Version>,
) -> Result<UserView, IdentityError> {
    let (subject, _, tenant) = load_within_reach(services, caller, user, seen).await?;
    let mut work = services.database.begin(caller.scope()).await?;
    let now = services.clock.now();
    let ended = if subject.elsewhere {
        work.people().end_sessions_in(user, Some(tenant), now).await?
    } else {
        work.people().end_sessions(user, now).await?
    };
    let values = json!({ "sessions_ended": ended });
    let trail = record::of(
        services,
        caller,
        ("identity.end_sessions", tenant, user, now),
        values,
    );
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
}
