//! What a message to send one mail holds: ids and names of templates only. The address, the names, the texts and the codes
//! are looked up or made when it is sent, so that the outbox keeps none of them.

use ipt_domain::{
    Instant,
    id::{LogEntryId, MailedSecretId, PlacementId, ReopeningId, SessionId, TenantId, UserId},
    identity::mailed_secret::SecretPurpose,
    logbook::action::Action,
};
use ipt_ports::engagement::{Message, Topic};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Services, trail::message};

/// Days that one request opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DaysReopened {
    /// Who opened them.
    pub(crate) by: UserId,
    /// On each placement.
    pub(crate) reopenings: Vec<ReopeningId>,
}

impl DaysReopened {
    /// The message by which the students are told.
    pub(crate) fn message(&self, services: &Services, tenant: TenantId, now: Instant) -> Message {
        let (id, topic) = (services.ids.next(), Topic::DaysReopened);
        message(id, Some(tenant), topic, json!(self), now)
    }
}

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
pub(crate) enum About {
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
    /// Days that were opened again for late logs.
    Reopening {
        /// Which ones.
        reopening_id: ReopeningId,
    },
    /// The reviews that wait for the person.
    Reviews,
    /// The person's account.
    Account,
    /// A session that was opened.
    Session {
        /// The session.
        session_id: SessionId,
    },
    /// What an institution did about the person.
    Institution {
        /// The institution.
        tenant_id: TenantId,
    },
    /// A code or a token, as long as it is good.
    Secret {
        /// What it is for.
        purpose: SecretPurpose,
        /// Which one; when another has taken its place, there is nothing to send.
        id: MailedSecretId,
        /// The institution that causes it.
        tenant_id: Option<TenantId>,
    },
}

/// A message to send somebody a mail about the account or a membership. These go out whatever the person's preferences.
pub(crate) fn account_mail(
    services: &Services,
    to: UserId,
    template: &'static str,
    about: About,
    now: Instant,
) -> Message {
    let tenant = match about {
        About::Institution { tenant_id } => Some(tenant_id),
        About::Secret { tenant_id, .. } => tenant_id,
        About::Account
        | About::Session { .. }
        | About::Log { .. }
        | About::Placement { .. }
        | About::Reopening { .. }
        | About::Reviews => None,
    };
    let payload = MailPayload {
        to,
        template: template.to_owned(),
        about,
    };
    message(services.ids.next(), tenant, Topic::Mail, payload.to_value(), now)
}

impl MailPayload {
    /// The payload as it is stored.
    pub(super) fn to_value(&self) -> Value {
        json!(self)
    }
}
