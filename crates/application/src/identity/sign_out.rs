//! Signing out.

use ipt_ports::{Scope, SystemScope};
use secrecy::SecretString;
use serde_json::json;

use super::IdentityError;
use crate::{
    Origin, Services,
    trail::{Deed, Doer, trail},
};

/// Ends the session of a refresh token, and with it the access tokens. An unknown token, or one whose session has ended, is
/// no error: the person is signed out.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.sign_out", skip_all)]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    refresh_token: &SecretString,
) -> Result<(), IdentityError> {
    let digest = services.secrets.digest(refresh_token);
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let Some((session, _)) = work.people().session_by_token(&digest).await? else {
        return Ok(());
    };
    let now = services.clock.now();
    if !work.people().end_session(session.id, now).await? {
        return Ok(());
    }
    let deed = Deed {
        action: "identity.sign_out".into(),
        object_kind: "session",
        object_id: session.id.uuid(),
        tenant: session.tenant_id,
        on_behalf_of: None,
        at: now,
        values: json!({}),
    };
    let doer = Doer::Other {
        user: Some(session.user_id),
        session: Some(session.id),
        origin,
    };
    work.people()
        .leave_trail(&trail(services, doer, deed, Vec::new()))
        .await?;
    work.commit().await?;
    Ok(())
}
