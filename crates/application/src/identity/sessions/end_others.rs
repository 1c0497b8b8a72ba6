//! Ending all of the own sessions but the current one.

use ipt_ports::{Scope, SystemScope, identity::Session};
use serde_json::json;

use super::{list, record};
use crate::{Caller, Services, identity::IdentityError};

/// Ends every session of the caller but the current one, in whatever institution they act; what is left.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.sessions.end_others", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Vec<Session>, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let user = caller.user_id();
    let ended = work
        .people()
        .end_other_sessions(user, caller.session_id, now)
        .await?;
    if ended > 0 {
        let trail = record(
            services,
            caller,
            ("identity.end_other_sessions", "user", user.uuid()),
            (caller.tenant_id(), now),
            json!({ "sessions_ended": ended }),
        );
        work.people().leave_trail(&trail).await?;
    }
    let left = list::alive(services, work.people(), caller, now).await?;
    work.commit().await?;
    Ok(left)
}
