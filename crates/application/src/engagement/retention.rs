//! How long each kind of what is stored is kept, and clearing away what is past.

use chrono::TimeDelta;
use ipt_domain::identity::{data_export::CAN_BE_FETCHED_FOR, mailed_secret::MAIL_WINDOW};
use ipt_ports::{Scope, SystemScope, engagement::Kept};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::EngagementError;
use crate::{
    Origin, Services,
    identity::session::REFRESH_TOKEN_LASTS,
    trail::{Deed, Doer, trail},
};

/// For how long an answer is kept for retries: the contract says so.
pub const ANSWER_IS_KEPT: TimeDelta = TimeDelta::hours(24);

/// For how long a session is kept that can be refreshed no more: a day, so that no clock that goes wrong by some hours loses
/// one that lives. Until then it keeps all its tokens: each that comes back is found out.
pub const DEAD_SESSION_IS_KEPT: TimeDelta = TimeDelta::days(1);

/// For how long a device is known on which nobody has signed in since.
pub const DEVICE_IS_KNOWN: TimeDelta = TimeDelta::days(365);

/// How many rows go in one unit of work, so that none is long.
const AT_ONCE: u32 = 1_000;

/// What an operator says about it. None: for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Messages that are done.
    pub messages: Option<TimeDelta>,
    /// Notifications, read or not.
    pub notifications: Option<TimeDelta>,
    /// What is known of copies of data; as long as one can be fetched at least.
    pub exports: Option<TimeDelta>,
    /// The personal values beside audit records. The records themselves are kept for good.
    pub audit_values: Option<TimeDelta>,
}

impl Default for Periods {
    fn default() -> Self {
        Self {
            messages: Some(TimeDelta::days(7)),
            notifications: Some(TimeDelta::days(730)),
            exports: Some(TimeDelta::days(30)),
            audit_values: None,
        }
    }
}

impl Periods {
    /// For how long a kind is kept, since the moment that its rows tell.
    pub fn of(&self, kind: Kept) -> Option<TimeDelta> {
        match kind {
            Kept::Messages => self.messages,
            Kept::Answers => Some(ANSWER_IS_KEPT),
            // Until the mails with it do not count any more.
            Kept::Secrets => Some(MAIL_WINDOW),
            Kept::Sessions => Some(REFRESH_TOKEN_LASTS + DEAD_SESSION_IS_KEPT),
            Kept::Devices => Some(DEVICE_IS_KNOWN),
            Kept::Notifications => self.notifications,
            Kept::Exports => self
                .exports
                .map(|kept| kept.max(CAN_BE_FETCHED_FOR + TimeDelta::days(1))),
            Kept::AuditValues => self.audit_values,
        }
    }
}

/// Whether the removal of a kind is written down: what holds nothing of a person is routine.
const fn is_written_down(kind: Kept) -> bool {
    match kind {
        Kept::Messages | Kept::Answers | Kept::Secrets => false,
        Kept::Sessions | Kept::Devices | Kept::Notifications | Kept::Exports | Kept::AuditValues => true,
    }
}

/// What there is of a kind that is past, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The kind.
    pub kind: Kept,
    /// For how long it is kept; none: for good.
    pub kept_for: Option<TimeDelta>,
    /// How many rows.
    pub rows: u64,
}

/// Tells what would be removed now, and removes nothing.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.engagement.retention.look", skip_all)]
pub async fn look(services: &Services) -> Result<Vec<Past>, EngagementError> {
    let mut work = begin(services).await?;
    let now = services.clock.now();
    let mut all = Vec::new();
    for kind in Kept::ALL {
        let kept_for = services.settings.retention.of(kind);
        let rows = match kept_for {
            Some(kept_for) => work.retention().past(kind, now - kept_for).await?,
            None => 0,
        };
        all.push(Past { kind, kept_for, rows });
    }
    Ok(all)
}

/// Removes what is past, a thousand rows at a time. What was removed of people is written down: how much of which kind.
///
/// # Errors
/// The database's; what went until then is gone.
#[tracing::instrument(name = "usecase.engagement.retention", skip_all)]
pub async fn execute(services: &Services) -> Result<Vec<Past>, EngagementError> {
    let now = services.clock.now();
    let mut all = Vec::new();
    for kind in Kept::ALL {
        let kept_for = services.settings.retention.of(kind);
        let mut rows = 0;
        if let Some(kept_for) = kept_for {
            loop {
                let mut work = begin(services).await?;
                let went = work
                    .retention()
                    .remove_past(kind, now - kept_for, AT_ONCE)
                    .await?;
                work.commit().await?;
                rows += went;
                if went < u64::from(AT_ONCE) {
                    break;
                }
            }
        }
        all.push(Past { kind, kept_for, rows });
    }
    write_down(services, &all).await?;
    Ok(all)
}

async fn write_down(services: &Services, all: &[Past]) -> Result<(), EngagementError> {
    let told = all
        .iter()
        .filter(|past| past.rows > 0 && is_written_down(past.kind));
    let removed: Map<String, Value> = told
        .map(|past| (past.kind.as_str().to_owned(), past.rows.into()))
        .collect();
    if removed.is_empty() {
        return Ok(());
    }
    let deed = Deed {
        action: "retention.remove".into(),
        object_kind: "deployment",
        object_id: Uuid::nil(),
        tenant: None,
        on_behalf_of: None,
        at: services.clock.now(),
        values: Value::Object(removed),
    };
    let origin = Origin::default();
    let trail = trail(services, Doer::system(&origin), deed, Vec::new());
    let mut work = begin(services).await?;
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}

async fn begin(services: &Services) -> Result<Box<dyn ipt_ports::UnitOfWork>, EngagementError> {
    let scope = Scope::System(SystemScope::Worker);
    Ok(services.database.begin(scope).await?)
}
