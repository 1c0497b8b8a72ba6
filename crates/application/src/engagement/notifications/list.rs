//! Reading one's notifications.

use ipt_ports::{
    engagement::{Notification, NotificationFilter, NotificationSort},
    page::{Page, PageRequest},
};

use super::own;
use crate::{Caller, Services, engagement::EngagementError};

/// Which notifications are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// Only those that were not read.
    pub unread: bool,
    /// The page.
    pub page: PageRequest<NotificationSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of the caller's notifications, and how many there are if that was asked.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.notifications.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(Page<Notification>, Option<u64>), EngagementError> {
    let mut reader = services.database.read(own(caller)?).await?;
    let filter = NotificationFilter {
        user_id: caller.user_id(),
        unread: command.unread,
    };
    let page = reader
        .notifications()
        .notification_page(&filter, &command.page)
        .await?;
    let total = if command.count {
        Some(reader.notifications().notification_count(&filter).await?)
    } else {
        None
    };
    Ok((page, total))
}
