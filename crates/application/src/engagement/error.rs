//! Why a use case about telling people fails.

use ipt_domain::error::Violation;
use ipt_ports::RepositoryError;

use super::Kind;
use crate::{
    access::Denied,
    concurrency::{StaleVersion, code_of},
    rules::BrokenRules,
};

/// Why a use case about telling people fails.
#[derive(Debug, thiserror::Error)]
pub enum EngagementError {
    /// The thing does not exist for this person.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A permission is missing.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The thing was changed since the person saw it.
    #[error(transparent)]
    Stale(#[from] StaleVersion),
    /// Rules are broken.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl EngagementError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Denied(denied) => denied.code(),
            Self::Stale(stale) => stale.code(),
            Self::Rules(rules) => rules.code(),
            Self::Repository(error) => code_of(error),
        }
    }
}

/// One broken rule about preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngagementViolation {
    /// There is no such kind of notification.
    #[error("there is no such kind of notification")]
    KindUnknown,
    /// This kind does not come by this channel.
    #[error("a notification of the kind {} does not come by this channel", .kind.as_str())]
    ChannelUnknown {
        /// The kind.
        kind: Kind,
    },
    /// A kind and channel is named twice.
    #[error("each kind and channel is named once")]
    NamedTwice,
}

impl Violation for EngagementViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::KindUnknown => "notification_kind_unknown",
            Self::ChannelUnknown { .. } => "notification_channel_unknown",
            Self::NamedTwice => "named_twice",
        }
    }

    fn pointer(&self) -> &'static str {
        "/items"
    }
}
