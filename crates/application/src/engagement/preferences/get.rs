//! Reading one's preferences.

use ipt_ports::engagement::Preference;

use super::{check, effective};
use crate::{Caller, Services, engagement::EngagementError};

/// Whether the caller wants each kind by each channel.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.preferences.get", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Vec<Preference>, EngagementError> {
    check(caller)?;
    let mut reader = services.database.read(caller.scope()).await?;
    let chosen = reader.notifications().preferences(&[caller.user_id()]).await?;
    let chosen: Vec<Preference> = chosen.into_iter().map(|(_, preference)| preference).collect();
    Ok(effective(&chosen))
}
