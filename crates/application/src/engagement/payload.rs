//! What a message to send one mail holds: ids and names of templates only. The address, the names and the texts are looked
//! up when it is sent, so that the outbox keeps none of them.

use ipt_domain::{
    Instant,
    id::{LogEntryId, PlacementId, UserId},
    logbook::action::Action,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MailPayload {
    /// To whom.
    pub(super) to: UserId,
    /// The template.
    pub(super) template: String,
    /// What it is about.
    pub(super) about: About,
}

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum About {
    /// A transition of a log entry.
    Log {
        /// The entry.
        entry_id: LogEntryId,
        /// What was done.
        action: Action,
        /// When; with the action it finds the review.
        at: Instant,
    },
    /// A change of a placement.
    Placement {
        /// The placement.
        placement_id: PlacementId,
    },
    /// The reviews that wait for the person.
    Reviews,
}

impl MailPayload {
    /// The payload as it is stored.
    pub(super) fn to_value(&self) -> Value {
        json!(self)
    }
}
