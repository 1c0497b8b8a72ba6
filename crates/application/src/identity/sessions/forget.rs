//! Clearing away sessions that are over.

use chrono::TimeDelta;
use ipt_ports::{Scope, SystemScope};

use crate::{
    Services,
    identity::{IdentityError, session::REFRESH_TOKEN_LASTS},
};

/// For how long a session is kept that can be refreshed no more: a day, so that no clock that goes wrong by some hours loses
/// one that lives.
pub const DEAD_IS_KEPT: TimeDelta = TimeDelta::days(1);

/// How many sessions go in one unit of work, so that none is long.
const AT_ONCE: u32 = 1_000;

/// Removes sessions that were last refreshed so long ago that every token of theirs has run out, ended or not, with the
/// address and the device that they tell of. A session that lives keeps all its tokens: each that comes back is found out.
/// How many went.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.identity.sessions.forget", skip_all)]
pub async fn execute(services: &Services) -> Result<u64, IdentityError> {
    let used_before = services.clock.now() - REFRESH_TOKEN_LASTS - DEAD_IS_KEPT;
    let mut forgotten = 0;
    loop {
        let mut work = services
            .database
            .begin(Scope::System(SystemScope::Worker))
            .await?;
        let went = work.people().forget_sessions(used_before, AT_ONCE).await?;
        work.commit().await?;
        forgotten += went;
        if went < u64::from(AT_ONCE) {
            return Ok(forgotten);
        }
    }
}
