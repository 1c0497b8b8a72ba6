//! Messages to one person, shown in the application, and the reminders of reviews that fall due.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{JobId, LogEntryId, NotificationId, PlacementId, TenantId, UserId},
    version::Version,
};
use serde_json::Value;

use crate::{
    RepositoryError,
    engagement::outbox::{FailedMessage, FailureSort},
    page::{Page, PageRequest},
};

/// A message to one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// The institution it is about.
    pub tenant_id: TenantId,
    /// The person.
    pub user_id: UserId,
    /// Its kind (`log_submitted`).
    pub kind: String,
    /// What it was caused by; one notification for each cause and person.
    pub cause: uuid::Uuid,
    /// The object that it is about: its kind (`log`, `placement`) and id.
    pub object: (String, uuid::Uuid),
    /// What the title and text are filled from.
    pub values: Value,
    /// When it was made.
    pub created_at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
}

impl Notification {
    /// Its version: the one change of a notification is that it is read.
    pub const fn version(&self) -> Version {
        match self.read_at {
            None => Version::FIRST,
            Some(_) => Version::FIRST.next(),
        }
    }
}

/// A way to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// In the application.
    InApp,
    /// By mail.
    Mail,
}

impl Channel {
    /// Its stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InApp => "in_app",
            Self::Mail => "mail",
        }
    }

    /// The channel with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::InApp, Self::Mail]
            .into_iter()
            .find(|channel| channel.as_str() == name)
    }
}

/// Whether a person wants a kind of notification by a channel. Without one the kind's default holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The kind.
    pub kind: String,
    /// The channel.
    pub channel: Channel,
    /// Whether it is wanted.
    pub wanted: bool,
}

/// Which notifications are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotificationFilter {
    /// Those of this person.
    pub user_id: UserId,
    /// Only those that were not read.
    pub unread: bool,
}

/// The field by which notifications are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotificationSort {
    /// When it was made.
    CreatedAt,
}

/// A review that is due at a person, for reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDue {
    /// The institution.
    pub tenant_id: TenantId,
    /// Who must review.
    pub reviewer: UserId,
    /// The entry.
    pub entry_id: LogEntryId,
    /// Its placement.
    pub placement_id: PlacementId,
    /// Its day.
    pub log_date: NaiveDate,
    /// The student's name.
    pub student_name: String,
    /// The last day for the review.
    pub due_on: NaiveDate,
    /// The last moment for the review.
    pub due_at: Instant,
    /// Whether industry's review is due, rather than the academic one.
    pub industry: bool,
}

/// Reads notifications, preferences and failed work.
#[async_trait::async_trait]
pub trait NotificationReader: Send {
    /// A page, the newest first by default.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn notification_page(
        &mut self,
        filter: &NotificationFilter,
        page: &PageRequest<NotificationSort>,
    ) -> Result<Page<Notification>, RepositoryError>;

    /// How many match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn notification_count(&mut self, filter: &NotificationFilter) -> Result<u64, RepositoryError>;

    /// One of a person's notifications.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn notification(
        &mut self,
        id: NotificationId,
        user: UserId,
    ) -> Result<Option<Notification>, RepositoryError>;

    /// A person's preferences.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn preferences(&mut self, users: &[UserId]) -> Result<Vec<(UserId, Preference)>, RepositoryError>;

    /// A page of the messages that were given up, of one institution (none: of the deployment).
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn failed_messages(
        &mut self,
        tenant: Option<TenantId>,
        page: &PageRequest<FailureSort>,
    ) -> Result<Page<FailedMessage>, RepositoryError>;

    /// How many there are.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn failed_count(&mut self, tenant: Option<TenantId>) -> Result<u64, RepositoryError>;

    /// One of them.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn failed_message(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
    ) -> Result<Option<FailedMessage>, RepositoryError>;

    /// Open reviews of active or terminated placements due at or before `until`, behind `after`, ordered by reviewer and
    /// entry, at most `limit`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reviews_due(
        &mut self,
        until: Instant,
        after: Option<(UserId, LogEntryId)>,
        limit: u32,
    ) -> Result<Vec<ReviewDue>, RepositoryError>;

    /// How many messages wait, and since when the oldest is due.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn backlog(&mut self) -> Result<(u64, Option<Instant>), RepositoryError>;
}

/// Writes notifications.
#[async_trait::async_trait]
pub trait NotificationRepository: NotificationReader {
    /// Adds notifications; one that exists already for its cause and person is left as it is. Returns those that are new.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn notify(
        &mut self,
        notifications: &[Notification],
    ) -> Result<Vec<NotificationId>, RepositoryError>;

    /// Marks one as read; `false` when the person has no such notification.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn mark_read(
        &mut self,
        id: NotificationId,
        user: UserId,
        now: Instant,
    ) -> Result<bool, RepositoryError>;

    /// Marks all of a person's as read; how many were not.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn mark_all_read(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError>;

    /// Replaces a person's preferences.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn replace_preferences(
        &mut self,
        user: UserId,
        preferences: &[Preference],
    ) -> Result<(), RepositoryError>;

    /// Notes that a reminder of this kind went to a person for a day; `false` when it had already.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn note_reminder(
        &mut self,
        user: UserId,
        kind: &str,
        day: NaiveDate,
        message: JobId,
    ) -> Result<bool, RepositoryError>;
}
