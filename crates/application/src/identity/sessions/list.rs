//! Looking at the own sessions.

use ipt_domain::Instant;
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    identity::{PeopleReader, Session},
};

use crate::{
    Caller, Services,
    identity::{
        IdentityError,
        session::{REFRESH_TOKEN_LASTS, sign_in_ends},
    },
};

/// How many sessions are shown at most; the current one is among them. Nobody keeps that many, unless a program signs in
/// again and again, and then all others are ended at once.
pub const SHOWN: u32 = 100;

/// The caller's sessions that are alive, in whatever institution they act: the current one first, then by their last use,
/// the latest first.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.sessions.list", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Vec<Session>, IdentityError> {
    let now = services.clock.now();
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    Ok(alive(services, reader.people(), caller, now).await?)
}

/// A session lives as long as its newest refresh token, and no longer than its sign-in.
pub(super) async fn alive(
    services: &Services,
    people: &mut dyn PeopleReader,
    caller: &Caller,
    now: Instant,
) -> Result<Vec<Session>, RepositoryError> {
    let mut found = people
        .sessions_of(
            caller.user_id(),
            now - REFRESH_TOKEN_LASTS,
            caller.session_id,
            SHOWN,
        )
        .await?;
    found.retain(|session| now < sign_in_ends(services, session));
    Ok(found)
}
