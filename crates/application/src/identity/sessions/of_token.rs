//! Which session a refresh token belongs to.

use ipt_domain::id::SessionId;
use ipt_ports::{Scope, SystemScope};
use secrecy::SecretString;

use crate::{Services, identity::IdentityError};

/// The session of a refresh token, used or not, alive or not; none of an unknown one. Nothing changes: whoever has to show
/// that the token is meant is asked before it is used up.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.sessions.of_token", skip_all)]
pub async fn execute(
    services: &Services,
    refresh_token: &SecretString,
) -> Result<Option<SessionId>, IdentityError> {
    let digest = services.secrets.digest(refresh_token);
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let found = reader.people().session_by_token(&digest).await?;
    Ok(found.map(|(session, _)| session.id))
}
