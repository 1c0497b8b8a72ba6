//! Marking a notification as read.

use ipt_domain::id::NotificationId;

use super::own;
use crate::{Caller, Services, engagement::EngagementError};

/// Marks one of the caller's notifications as read; one that was read stays so. It is nobody else's business, and leaves
/// no trail.
///
/// # Errors
/// [`EngagementError::NotFound`], [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.notifications.read", skip_all, fields(notification.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: NotificationId,
) -> Result<(), EngagementError> {
    let mut work = services.database.begin(own(caller)?).await?;
    let now = services.clock.now();
    if !work.notifications().mark_read(id, caller.user_id(), now).await? {
        return Err(EngagementError::NotFound("notification"));
    }
    work.commit().await?;
    Ok(())
}
