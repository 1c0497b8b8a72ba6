//! Marking all notifications as read.

use super::own;
use crate::{Caller, Services, engagement::EngagementError};

/// Marks all of the caller's notifications as read; how many were not.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.notifications.read_all", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<u64, EngagementError> {
    let mut work = services.database.begin(own(caller)?).await?;
    let now = services.clock.now();
    let marked = work.notifications().mark_all_read(caller.user_id(), now).await?;
    work.commit().await?;
    Ok(marked)
}
