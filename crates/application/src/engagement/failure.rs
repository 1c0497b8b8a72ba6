//! Why a message could not be handled, and whether trying again can help.

use chrono::TimeDelta;
use ipt_domain::{Instant, id::JobId};
use ipt_ports::{RepositoryError, blob_store::BlobError, engagement::Topic, mailer::MailError};

/// Why a message could not be handled.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Trying again can help.
    #[error("{0}")]
    Passing(String),
    /// Trying again cannot help.
    #[error("{0}")]
    Lasting(String),
}

impl Failure {
    /// The payload is not what its handler reads.
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        Self::Lasting(format!("the message cannot be read: {error}"))
    }
}

impl From<RepositoryError> for Failure {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Corrupt(_) => Self::Lasting(error.to_string()),
            RepositoryError::Conflict(_)
            | RepositoryError::Stale
            | RepositoryError::Unavailable(_)
            | RepositoryError::Backend(_) => Self::Passing(error.to_string()),
        }
    }
}

impl From<MailError> for Failure {
    /// Only the kind of failure is kept: a mail server's words may hold the address.
    fn from(error: MailError) -> Self {
        match error {
            MailError::Unavailable(_) => Self::Passing(error.to_string()),
            MailError::Refused(_) | MailError::Malformed(_) => Self::Lasting(error.to_string()),
        }
    }
}

impl From<BlobError> for Failure {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Key => Self::Lasting(error.to_string()),
            BlobError::NotFound
            | BlobError::TooLarge { .. }
            | BlobError::Type(_)
            | BlobError::Stream(_)
            | BlobError::Unavailable(_) => Self::Passing(error.to_string()),
        }
    }
}

/// How often a message is tried: mails for about a day, all else for some hours.
pub(super) const fn max_attempts(topic: Topic) -> u32 {
    match topic {
        Topic::Mail => 30,
        Topic::LogTransition | Topic::PlacementTransition | Topic::RemoveBlob => 12,
    }
}

/// When a message is tried again after its `attempts`-th failure: half a minute, then twice as long each time, up to an
/// hour; spread by up to a quarter, by the message's id, so that many do not come back at once.
pub(super) fn next_attempt(id: JobId, attempts: u32, now: Instant) -> Instant {
    let doubled = 30_i64 << attempts.saturating_sub(1).min(7);
    let seconds = doubled.min(3_600);
    let spread = i64::from(id.uuid().as_bytes()[15]) * seconds / 4 / 255;
    now + TimeDelta::seconds(seconds + spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_come_ever_later_up_to_an_hour() {
        let now: Instant = "2026-07-06T06:00:00Z".parse().unwrap();
        let id = JobId::new(uuid::Uuid::nil());
        let waits: Vec<i64> = (1..=9).map(|tried| (next_attempt(id, tried, now) - now).num_seconds()).collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    }

    #[test]
    fn a_mail_is_tried_for_about_a_day() {
        let now: Instant = "2026-07-06T06:00:00Z".parse().unwrap();
        let id = JobId::new(uuid::Uuid::nil());
        let wait = |tried| (next_attempt(id, tried, now) - now).num_seconds();
        let hours = (1..max_attempts(Topic::Mail)).map(wait).sum::<i64>() / 3_600;
        assert!((20..=30).contains(&hours), "{hours}");
    }
}
