//! What a transition leaves: the entry as it is afterwards, its review record and its event.

use crate::{
    id::{LogEntryId, TenantId},
    logbook::{
        action::Action,
        circumstances::{Acting, Circumstances, FreshIds},
        entry::LogEntry,
        event::LogEvent,
        hours::WorkedHours,
        review::{By, ReviewRecord},
        skill::Skills,
        state::StateName,
    },
    text::Remark,
    version::Version,
};

/// A transition that may be stored: all of it, in one transaction, guarded by the version.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The entry afterwards.
    pub entry: LogEntry,
    /// The version from which it was made; none for a new entry.
    pub replaces: Option<Version>,
    /// The version of the placement by which it was judged.
    pub placement_version: Version,
    /// The record of the transition.
    pub review: ReviewRecord,
    /// The event.
    pub event: LogEvent,
}

/// The removal of a draft that was never submitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Deletion {
    /// The entry that goes.
    pub entry_id: LogEntryId,
    /// Its institution.
    pub tenant_id: TenantId,
    /// The version at which it goes.
    pub version: Version,
    /// The event.
    pub event: LogEvent,
}

/// What a reviewer says along with an action.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) comments: Option<Remark>,
    pub(crate) skills: Skills,
    pub(crate) hours_confirmed: Option<WorkedHours>,
}

/// One transition, before it is written down.
pub(crate) struct Made<'a> {
    pub(crate) action: Action,
    pub(crate) from: Option<StateName>,
    pub(crate) by: By,
    pub(crate) acting: Acting<'a>,
    pub(crate) said: Said,
}

impl Decision {
    /// Writes the transition down that led to `entry`.
    pub(crate) fn record(
        entry: LogEntry,
        replaces: Option<Version>,
        made: Made<'_>,
        circumstances: &Circumstances<'_>,
        ids: FreshIds,
    ) -> Self {
        let review = ReviewRecord {
            id: ids.review,
            entry_id: entry.id(),
            action: made.action,
            from: made.from,
            to: entry.state().name(),
            by: made.by,
            way: made.acting.way,
            at: circumstances.now,
            revision: entry.revision(),
            comments: made.said.comments,
            skills: made.said.skills,
            hours_confirmed: made.said.hours_confirmed,
        };
        let event = LogEvent {
            id: ids.event,
            tenant_id: entry.tenant_id(),
            entry_id: entry.id(),
            placement_id: entry.placement_id(),
            student_id: entry.student_id(),
            action: made.action,
            from: made.from,
            to: Some(entry.state().name()),
            revision: entry.revision(),
            by: made.by,
            at: circumstances.now,
        };
        Self {
            entry,
            replaces,
            placement_version: circumstances.placement.version(),
            review,
            event,
        }
    }
}
