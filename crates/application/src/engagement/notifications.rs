//! A person's own notifications, and by which way they come.

use ipt_domain::id::NotificationId;
use ipt_ports::{
    engagement::{Channel, Notification, NotificationFilter, NotificationSort, Preference},
    page::{Page, PageRequest},
};

use super::EngagementError;
use crate::{Caller, Services};

/// Every kind of notification, and whether mails of it are sent.
pub const KINDS: &[(&str, bool)] = &[
    ("log_submitted", true),
    ("log_approved", true),
    ("log_rejected", true),
    ("log_retracted", true),
    ("log_disputed", true),
    ("log_validated", true),
    ("log_flagged", true),
    ("log_returned_academic", true),
    ("log_returned_industry", true),
    ("log_returned_student", true),
    ("log_voided", true),
    ("review_digest", true),
    ("placement_changes_requested", false),
    ("placement_approved", false),
    ("placement_activated", false),
    ("placement_suspended", false),
    ("placement_resumed", false),
    ("placement_completed", false),
    ("placement_terminated", false),
    ("placement_cancelled", false),
    ("placement_withdrawn", false),
    ("placement_amended", false),
    ("placement_supervisor_changed", false),
    ("placement_delegate_changed", false),
];

/// A page, and how many there are in all when that was asked for.
#[derive(Debug)]
pub struct Listed {
    /// The page.
    pub page: Page<Notification>,
    /// How many match.
    pub total: Option<u64>,
}

/// Lists the caller's notifications, of every institution.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.list_notifications", skip_all)]
pub async fn list(
    services: &Services,
    caller: &Caller,
    unread: bool,
    page: &PageRequest<NotificationSort>,
    count: bool,
) -> Result<Listed, EngagementError> {
    let filter = NotificationFilter { user_id: caller.user_id(), unread };
    let mut reader = services.database.read(caller.everywhere()).await?;
    let page = reader.notifications().notification_page(&filter, page).await?;
    let total = if count { Some(reader.notifications().notification_count(&filter).await?) } else { None };
    Ok(Listed { page, total })
}

/// Marks one as read.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.mark_read", skip_all)]
pub async fn mark_read(services: &Services, caller: &Caller, id: NotificationId) -> Result<(), EngagementError> {
    let mut work = services.database.begin(caller.everywhere()).await?;
    if !work.notifications().mark_read(id, caller.user_id(), services.clock.now()).await? {
        return Err(EngagementError::NotFound("notification"));
    }
    Ok(work.commit().await?)
}

/// Marks all as read; how many were not.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.mark_all_read", skip_all)]
pub async fn mark_all_read(services: &Services, caller: &Caller) -> Result<u64, EngagementError> {
    let mut work = services.database.begin(caller.everywhere()).await?;
    let marked = work.notifications().mark_all_read(caller.user_id(), services.clock.now()).await?;
    work.commit().await?;
    Ok(marked)
}

/// What the caller wants to be told, kind by kind; without a wish, everything.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.preferences", skip_all)]
pub async fn preferences(services: &Services, caller: &Caller) -> Result<Vec<Preference>, EngagementError> {
    let user = caller.user_id();
    let stored = services.database.read(caller.everywhere()).await?.notifications().preferences(&[user]).await?;
    let wanted = |kind: &str, channel: Channel| {
        let wish = stored.iter().find(|(_, wish)| wish.kind == kind && wish.channel == channel);
        wish.is_none_or(|(_, wish)| wish.wanted)
    };
    let of_kind = |(kind, mails): &(&str, bool)| {
        let channels = if *mails { [Channel::InApp, Channel::Mail].as_slice() } else { [Channel::InApp].as_slice() };
        let kind = (*kind).to_owned();
        channels
            .iter()
            .map(|channel| Preference { kind: kind.clone(), channel: *channel, wanted: wanted(&kind, *channel) })
            .collect::<Vec<_>>()
    };
    Ok(KINDS.iter().flat_map(of_kind).collect())
}

/// Replaces the caller's wishes; kinds left out are told.
///
/// # Errors
/// [`EngagementError::UnknownKind`] for a kind that there is not.
#[tracing::instrument(name = "usecase.engagement.replace_preferences", skip_all)]
pub async fn replace_preferences(
    services: &Services,
    caller: &Caller,
    wishes: &[Preference],
) -> Result<Vec<Preference>, EngagementError> {
    if let Some(unknown) = wishes.iter().find(|wish| !KINDS.iter().any(|(kind, _)| *kind == wish.kind)) {
        return Err(EngagementError::UnknownKind(unknown.kind.clone()));
    }
    let mut work = services.database.begin(caller.everywhere()).await?;
    work.notifications().replace_preferences(caller.user_id(), wishes).await?;
    work.commit().await?;
    preferences(services, caller).await
}
