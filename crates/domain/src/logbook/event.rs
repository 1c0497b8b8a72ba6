//! What other contexts learn of a transition.

use crate::{
    Instant,
    id::{EventId, LogEntryId, PlacementId, TenantId, UserId},
    logbook::{action::Action, review::By, state::StateName},
};

/// One transition of a log entry, told to the rest of the product: notifications, portfolio, webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LogEvent {
    /// The event's id.
    pub id: EventId,
    /// The institution.
    pub tenant_id: TenantId,
    /// The entry.
    pub entry_id: LogEntryId,
    /// Its placement.
    pub placement_id: PlacementId,
    /// Its student.
    pub student_id: UserId,
    /// What was done.
    pub action: Action,
    /// The state before; none when the entry was made.
    pub from: Option<StateName>,
    /// The state after; none when the entry is gone.
    pub to: Option<StateName>,
    /// The text's revision after it.
    pub revision: u32,
    /// Who did it, and for whom.
    pub by: By,
    /// When.
    pub at: Instant,
}

impl LogEvent {
    /// The event's name, stable: `logbook.` and the action in the past tense.
    pub const fn name(&self) -> &'static str {
        event_name(self.action)
    }
}

/// The name of the event that an action leaves.
pub const fn event_name(action: Action) -> &'static str {
    match action {
        Action::Draft => "logbook.drafted",
        Action::Submit => "logbook.submitted",
        Action::Delete => "logbook.deleted",
        Action::Recall => "logbook.recalled",
        Action::Revise => "logbook.revised",
        Action::Dispute => "logbook.disputed",
        Action::Approve => "logbook.approved",
        Action::Reject => "logbook.rejected",
        Action::Retract => "logbook.retracted",
        Action::VerifyOnEvidence => "logbook.verified_on_evidence",
        Action::Validate => "logbook.validated",
        Action::Flag => "logbook.flagged",
        Action::ReturnToAcademic => "logbook.returned_to_academic",
        Action::ReturnToIndustry => "logbook.returned_to_industry",
        Action::ReturnToStudent => "logbook.returned_to_student",
        Action::Void => "logbook.voided",
    }
}

/// Replays the events of one entry, oldest first, to the state and revision that they lead to.
///
/// # Errors
/// The event that does not follow from the one before it.
pub fn replay<'a>(
    events: impl IntoIterator<Item = &'a LogEvent>,
) -> Result<Option<(StateName, u32)>, &'a LogEvent> {
    let mut reached: Option<(StateName, u32)> = None;
    for event in events {
        let follows = event.from == reached.map(|(state, _)| state)
            && reached
                .is_none_or(|(_, revision)| event.revision == revision || event.revision == revision + 1);
        if !follows {
            return Err(event);
        }
        reached = event.to.map(|state| (state, event.revision));
    }
    Ok(reached)
}
