//! A piece of background work, as it goes over the wire.

use ipt_application::engagement::jobs::retry::Retried;
use ipt_ports::engagement::FailedMessage;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::Timestamp;

/// A piece of work.
#[derive(Serialize, ToSchema)]
#[schema(as = Job)]
pub(super) struct JobDto {
    id: Uuid,
    /// What it asks for.
    #[schema(value_type = String, example = "mail")]
    topic: &'static str,
    /// `failed`: it was given up; `waiting`: it is due again.
    #[schema(value_type = String, example = "failed")]
    status: &'static str,
    /// How often it was tried since it was due.
    attempts: u32,
    /// The last error.
    error: String,
    created_at: Timestamp,
    /// When it was given up; null when it is due again.
    failed_at: Option<Timestamp>,
    version: u32,
}

impl From<FailedMessage> for JobDto {
    fn from(failed: FailedMessage) -> Self {
        let version = failed.version().number();
        let FailedMessage {
            message,
            attempts,
            error,
            failed_at,
        } = failed;
        Self {
            id: message.id.uuid(),
            topic: message.topic.as_str(),
            status: "failed",
            attempts,
            error,
            created_at: Timestamp(message.created_at),
            failed_at: Some(Timestamp(failed_at)),
            version,
        }
    }
}

impl From<Retried> for JobDto {
    fn from(retried: Retried) -> Self {
        let version = retried.version().number();
        Self {
            status: "waiting",
            attempts: 0,
            failed_at: None,
            version,
            ..Self::from(retried.failed)
        }
    }
}
