//! Reading what was given up.

use ipt_ports::engagement::FailedMessage;

use super::whose;
use crate::{Caller, Services, engagement::EngagementError};

/// How many are shown: an operator mends the cause, and does not page.
const SHOWN: u32 = 100;

/// The work that was given up, the newest first.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.jobs.list_failed", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Vec<FailedMessage>, EngagementError> {
    let (tenant, scope) = whose(caller)?;
    let mut reader = services.database.read(scope).await?;
    Ok(reader.notifications().failed_messages(tenant, SHOWN).await?)
}
