//! Marking a notification as read.

use ipt_domain::{id::NotificationId, version::Version};
use ipt_ports::engagement::Notification;

use super::own;
use crate::{Caller, Services, concurrency::check_seen, engagement::EngagementError};

/// Marks one of the caller's notifications as read; one that was read stays so. It is nobody else's business, and leaves
/// no trail.
///
/// # Errors
/// [`EngagementError::NotFound`], [`EngagementError::Denied`], [`EngagementError::Stale`].
#[tracing::instrument(name = "usecase.engagement.notifications.read", skip_all, fields(notification.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: NotificationId,
    seen: Option<Version>,
) -> Result<Notification, EngagementError> {
    let missing = || EngagementError::NotFound("notification");
    let (user, now) = (caller.user_id(), services.clock.now());
    let mut work = services.database.begin(own(caller)?).await?;
    let before = work.notifications().notification(id, user).await?;
    let before = before.ok_or_else(missing)?;
    check_seen(seen, before.version())?;
    if before.read_at.is_some() {
        return Ok(before);
    }
    work.notifications().mark_read(id, user, now).await?;
    let after = work.notifications().notification(id, user).await?;
    work.commit().await?;
    after.ok_or_else(missing)
}
