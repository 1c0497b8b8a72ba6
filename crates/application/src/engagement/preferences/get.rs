//! Reading one's preferences.

use ipt_domain::id::UserId;
use ipt_ports::{
    RepositoryError,
    engagement::{NotificationReader, Preference},
};

use super::{Preferences, check};
use crate::{Caller, Services, engagement::EngagementError};

/// Whether the caller wants each kind by each channel.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.preferences.get", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Preferences, EngagementError> {
    check(caller)?;
    let mut reader = services.database.read(caller.scope()).await?;
    Ok(of(reader.notifications(), caller.user_id()).await?)
}

/// A person's preferences.
pub(super) async fn of(
    reader: &mut dyn NotificationReader,
    user: UserId,
) -> Result<Preferences, RepositoryError> {
    let chosen = reader.preferences(&[user]).await?;
    let chosen: Vec<Preference> = chosen.into_iter().map(|(_, preference)| preference).collect();
    Ok(Preferences::of(&chosen))
}
