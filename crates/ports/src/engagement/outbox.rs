//! The outbox: what must happen after a change, written in the change's own transaction.

use ipt_domain::{
    Instant,
    id::{JobId, TenantId},
    version::Version,
};
use serde_json::Value;

use crate::{RepositoryError, audit::AuditEntry};

/// What a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A log entry went through a transition: tell the people concerned.
    LogTransition,
    /// A placement went through a transition: tell the people concerned.
    PlacementTransition,
    /// Days were opened again for late entries: tell the students concerned.
    DaysReopened,
    /// Send one mail.
    Mail,
    /// Remove a blob that nothing refers to any more.
    RemoveBlob,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] = [
        Self::LogTransition,
        Self::PlacementTransition,
        Self::DaysReopened,
        Self::Mail,
        Self::RemoveBlob,
    ];

    /// Its stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LogTransition => "log_transition",
            Self::PlacementTransition => "placement_transition",
            Self::DaysReopened => "days_reopened",
            Self::Mail => "mail",
            Self::RemoveBlob => "remove_blob",
        }
    }

    /// The topic with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name)
    }
}

/// A message to the background worker, delivered at least once.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its id; for an event, the event's. Handlers use it to do their work once.
    pub id: JobId,
    /// The institution (none: the deployment).
    pub tenant_id: Option<TenantId>,
    /// What it asks for.
    pub topic: Topic,
    /// What the handler needs.
    pub payload: Value,
    /// When it was written.
    pub created_at: Instant,
    /// Not before this moment.
    pub available_at: Instant,
}

impl Message {
    /// The version of a message that changed last at `at`. A message counts no changes: the version tells when the last
    /// one was, in milliseconds since it was written, and begins anew after seven weeks.
    pub fn version_at(&self, at: Instant) -> Version {
        let since = (at - self.created_at).num_milliseconds();
        let within = u32::try_from(since.rem_euclid(i64::from(u32::MAX))).unwrap_or_default();
        Version::new(within.saturating_add(Version::FIRST.number()))
    }
}

/// What every change leaves beside itself: its audit entry and its messages, in the same transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// Who did what.
    pub audit: AuditEntry,
    /// What must happen next.
    pub messages: Vec<Message>,
}

/// A message claimed by a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingMessage {
    /// The message.
    pub message: Message,
    /// How often it was tried, this time included.
    pub attempts: u32,
}

/// A message given up.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedMessage {
    /// The message.
    pub message: Message,
    /// How often it was tried.
    pub attempts: u32,
    /// The last error, without personal values.
    pub error: String,
    /// When it was given up.
    pub failed_at: Instant,
}

impl FailedMessage {
    /// Its version, since it was given up.
    pub fn version(&self) -> Version {
        self.message.version_at(self.failed_at)
    }
}

/// The field by which messages that were given up are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureSort {
    /// When it was given up.
    FailedAt,
}

/// The outbox, as the worker and the operator see it.
#[async_trait::async_trait]
pub trait Outbox: Send {
    /// Adds messages.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn enqueue(&mut self, messages: &[Message]) -> Result<(), RepositoryError>;

    /// Claims up to `limit` messages that are due, for nobody else until `locked_until`; those whose claim ran out are due
    /// again. Several workers never claim the same.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn claim(
        &mut self,
        limit: u32,
        now: Instant,
        locked_until: Instant,
    ) -> Result<Vec<PendingMessage>, RepositoryError>;

    /// Marks a message as done.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn complete(&mut self, id: JobId, now: Instant) -> Result<(), RepositoryError>;

    /// Puts a message back, to be tried at `available_at`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn put_back(
        &mut self,
        id: JobId,
        available_at: Instant,
        error: &str,
    ) -> Result<(), RepositoryError>;

    /// Gives a message up; an operator sees it.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn give_up(&mut self, id: JobId, now: Instant, error: &str) -> Result<(), RepositoryError>;

    /// Makes a message that was given up due again; `false` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn retry(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<bool, RepositoryError>;

    /// Takes a named lease until `until` unless another holder has it; renews one's own. Schedules run under a lease, so
    /// that of several workers one runs them.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool, RepositoryError>;
}
