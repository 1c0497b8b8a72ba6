//! What is kept for a time only.

use ipt_domain::Instant;

use crate::RepositoryError;

/// A kind of rows that are removed some time after they have served their purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// Messages of the outbox, once they are done. Those that were given up wait for an operator.
    Messages,
    /// Answers kept for retries, since they were given.
    Answers,
    /// Codes and tokens that went out by mail, since they ran out.
    Secrets,
    /// Sessions with their tokens, since they were last used, ended or not.
    Sessions,
    /// Devices on which people signed in, since they last did.
    Devices,
    /// Notifications, since they were made, read or not.
    Notifications,
    /// Copies of what is kept of a person, since they were asked for; their files go when the copies run out.
    Exports,
    /// The personal values beside audit records. The records stay, and the chain verifies.
    AuditValues,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Messages,
        Self::Answers,
        Self::Secrets,
        Self::Sessions,
        Self::Devices,
        Self::Notifications,
        Self::Exports,
        Self::AuditValues,
    ];

    /// Its name, as it is shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Answers => "answers",
            Self::Secrets => "codes",
            Self::Sessions => "sessions",
            Self::Devices => "devices",
            Self::Notifications => "notifications",
            Self::Exports => "exports",
            Self::AuditValues => "audit_values",
        }
    }
}

/// Removes what was kept long enough. Needs the scope of a system.
#[async_trait::async_trait]
pub trait RetentionStore: Send {
    /// How many rows of a kind are older than `before`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn past(&mut self, kind: Kept, before: Instant) -> Result<u64, RepositoryError>;

    /// Removes rows of a kind that are older than `before`, the oldest first, at most `limit`; how many went.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn remove_past(&mut self, kind: Kept, before: Instant, limit: u32) -> Result<u64, RepositoryError>;
}
