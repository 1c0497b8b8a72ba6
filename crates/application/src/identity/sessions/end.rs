//! Ending one of the own sessions.

use ipt_domain::id::SessionId;
use ipt_ports::{Scope, SystemScope};
use serde_json::json;

use super::record;
use crate::{Caller, Services, identity::IdentityError};

/// Ends one of the caller's sessions, with its refresh and access tokens. The current one may be ended too: that is
/// signing out.
///
/// # Errors
/// [`IdentityError::SessionNotFound`] for a session that has ended, is unknown, or is somebody else's.
#[tracing::instrument(name = "usecase.identity.sessions.end", skip_all, fields(session.id = %session))]
pub async fn execute(services: &Services, caller: &Caller, session: SessionId) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let found = work.people().session(session).await?;
    let own = found
        .filter(|found| found.user_id == caller.user_id())
        .ok_or(IdentityError::SessionNotFound)?;
    let now = services.clock.now();
    if !work.people().end_session(session, now).await? {
        return Err(IdentityError::SessionNotFound);
    }
    let trail = record(
        services,
        caller,
        ("identity.end_session", "session", session.uuid()),
        (own.tenant_id, now),
        json!({}),
    );
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}
