//! A new access token for a refresh token.

use ipt_domain::Instant;
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    identity::{RefreshToken, Session},
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    IdentityError, me,
    principal::actor_of,
    session::{self, FreshToken, REUSE_GRACE, SignedIn},
};
use crate::{
    Origin, Services,
    trail::{Deed, Doer, trail},
};

/// Takes a refresh token and gives its successor. A used one that comes back within seconds (two tabs, a lost answer) gets
/// a further one; later it was stolen from one side or the other, and the whole family ends with its access tokens.
///
/// Rotation itself is routine and leaves no audit record; the end of a family does.
///
/// # Errors
/// [`IdentityError::InvalidToken`].
#[tracing::instrument(name = "usecase.identity.refresh", skip_all)]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    refresh_token: &SecretString,
) -> Result<SignedIn, IdentityError> {
    let digest = services.secrets.digest(refresh_token);
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let found = work.people().session_by_token(&digest).await?;
    let (session, token) = found.ok_or(IdentityError::InvalidToken)?;
    let now = services.clock.now();
    if session.ended_at.is_some() {
        return Err(IdentityError::InvalidToken);
    }
    if token.used_at.is_some_and(|used| now - used > REUSE_GRACE) {
        return end_family(services, origin, work, &session, now).await;
    }
    let principal = work.people().principal(session.id).await?;
    let over = now >= token.expires_at || now >= session::sign_in_ends(services, &session);
    if over || principal.as_ref().and_then(actor_of).is_none() {
        return Err(IdentityError::InvalidToken);
    }
    let fresh = FreshToken::of(services, &session, now);
    succeed(work.as_mut(), &token, &fresh.stored, now).await?;
    work.commit().await?;
    let me = me::load(
        services,
        session.user_id,
        session.tenant_id,
        session.entered_for.is_some(),
    )
    .await?;
    session::signed_in(services, &session, fresh.secret, me, now)
}

/// Stores the successor, of an unused token or of one used a moment ago, in this very moment included.
async fn succeed(
    work: &mut dyn UnitOfWork,
    token: &RefreshToken,
    successor: &RefreshToken,
    now: Instant,
) -> Result<(), IdentityError> {
    let rotated = token.used_at.is_none() && work.people().rotate(token, successor, now).await?;
    if !rotated {
        work.people().add_token(successor).await?;
    }
    Ok(())
}

/// Ends the session, and with it every token of its family. Of two thieves at once one is written down.
async fn end_family(
    services: &Services,
    origin: &Origin,
    mut work: Box<dyn UnitOfWork>,
    session: &Session,
    now: Instant,
) -> Result<SignedIn, IdentityError> {
    if !work.people().end_session(session.id, now).await? {
        return Err(IdentityError::InvalidToken);
    }
    let deed = Deed {
        action: "identity.refresh_token_reused".into(),
        object_kind: "session",
        object_id: session.id.uuid(),
        tenant: session.tenant_id,
        on_behalf_of: None,
        at: now,
        values: json!({ "user_id": session.user_id }),
    };
    work.people()
        .leave_trail(&trail(services, Doer::system(origin), deed, Vec::new()))
        .await?;
    work.commit().await?;
    Err(IdentityError::InvalidToken)
}
