//! Who stands behind an access token.

use super::{IdentityError, principal::actor_of};
use crate::{Caller, Origin, Services};

/// The person behind an access token. What the person may do is read anew each time, so that a disabled account, an ended
/// session and a changed role count at once.
///
/// # Errors
/// [`IdentityError::InvalidToken`]; the database's.
#[tracing::instrument(name = "usecase.identity.authenticate", skip_all)]
pub async fn execute(services: &Services, token: &str, origin: Origin) -> Result<Caller, IdentityError> {
    let claims = services
        .tokens
        .verify(token, services.clock.now())
        .map_err(|_| IdentityError::InvalidToken)?;
    let principal = services.database.principal(claims.session_id).await?;
    let principal = principal.ok_or(IdentityError::InvalidToken)?;
    let same = principal.session.user_id == claims.user_id && principal.session.tenant_id == claims.tenant_id;
    let actor = actor_of(&principal)
        .filter(|_| same)
        .ok_or(IdentityError::InvalidToken)?;
    Ok(Caller {
        actor,
        session_id: principal.session.id,
        signed_in_at: principal.session.signed_in_at,
        origin,
        entered_for: principal.session.entered_for,
    })
}
