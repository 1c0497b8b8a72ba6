//! A copy of what is kept of a person, made in the background and fetched once.

use chrono::TimeDelta;

use crate::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    version::Version,
};

/// For how long a copy that is ready can be fetched.
pub const CAN_BE_FETCHED_FOR: TimeDelta = TimeDelta::days(7);

/// For how long whoever makes a copy has it to oneself. When that passes, it is begun anew.
pub const IS_MADE_WITHIN: TimeDelta = TimeDelta::hours(1);

/// How often it is tried to make a copy.
pub const MAX_ATTEMPTS: u32 = 5;

/// A copy of what is kept of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataExport {
    /// Its id.
    pub id: DataExportId,
    /// Whose data it holds.
    pub about: UserId,
    /// What one institution keeps; none: what the whole deployment keeps, for the person only.
    pub tenant_id: Option<TenantId>,
    /// Who asked for it, and may fetch it.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: ExportState,
    /// Counts its changes.
    pub version: Version,
}

/// Where a copy stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportState {
    /// It is to be made, or is being made.
    Waiting {
        /// How often it was begun.
        attempts: u32,
        /// Not before this moment; whoever makes it puts this off.
        due_at: Instant,
    },
    /// It can be fetched.
    Ready {
        /// Since when.
        at: Instant,
        /// Until when.
        expires_at: Instant,
        /// Its size in bytes.
        size: u64,
    },
    /// It was fetched, and cannot be again.
    Fetched {
        /// When.
        at: Instant,
    },
    /// It could not be made.
    Failed {
        /// Since when.
        at: Instant,
    },
}

/// How a copy is called where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportStanding {
    /// It is being made.
    Preparing,
    /// It can be fetched.
    Ready,
    /// It was fetched.
    Fetched,
    /// It was not fetched in time.
    Expired,
    /// It could not be made.
    Failed,
}

impl ExportStanding {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Ready => "ready",
            Self::Fetched => "fetched",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
}

impl DataExport {
    /// A copy that is to be made at once.
    pub const fn new(
        id: DataExportId,
        (about, tenant_id): (UserId, Option<TenantId>),
        asked_by: UserId,
        now: Instant,
    ) -> Self {
        Self {
            id,
            about,
            tenant_id,
            asked_by,
            asked_at: now,
            state: ExportState::Waiting {
                attempts: 0,
                due_at: now,
            },
            version: Version::FIRST,
        }
    }

    /// How it stands at this moment.
    pub fn standing(&self, now: Instant) -> ExportStanding {
        match self.state {
            ExportState::Waiting { .. } => ExportStanding::Preparing,
            ExportState::Ready { expires_at, .. } if now < expires_at => ExportStanding::Ready,
            ExportState::Ready { .. } => ExportStanding::Expired,
            ExportState::Fetched { .. } => ExportStanding::Fetched,
            ExportState::Failed { .. } => ExportStanding::Failed,
        }
    }

    /// Whether asking once more leads to this one: it is under way, or waits to be fetched.
    pub fn is_pending(&self, now: Instant) -> bool {
        match self.standing(now) {
            ExportStanding::Preparing | ExportStanding::Ready => true,
            ExportStanding::Fetched | ExportStanding::Expired | ExportStanding::Failed => false,
        }
    }

    /// Begins to make it; none when it is not due. One that was begun too often, and never came to an end, has failed.
    #[must_use]
    pub fn begun(self, now: Instant) -> Option<Self> {
        match self.state {
            ExportState::Waiting { attempts, due_at } if due_at <= now && attempts < MAX_ATTEMPTS => {
                Some(self.changed(ExportState::Waiting {
                    attempts: attempts + 1,
                    due_at: now + IS_MADE_WITHIN,
                }))
            }
            ExportState::Waiting { due_at, .. } if due_at <= now => {
                Some(self.changed(ExportState::Failed { at: now }))
            }
            ExportState::Waiting { .. }
            | ExportState::Ready { .. }
            | ExportState::Fetched { .. }
            | ExportState::Failed { .. } => None,
        }
    }

    /// It is made.
    #[must_use]
    pub fn ready(self, size: u64, now: Instant) -> Self {
        self.changed(ExportState::Ready {
            at: now,
            expires_at: now + CAN_BE_FETCHED_FOR,
            size,
        })
    }

    /// It could not be made this time: it is tried again some minutes later, unless that was the last time.
    #[must_use]
    pub fn put_back(self, now: Instant) -> Self {
        let state = match self.state {
            ExportState::Waiting { attempts, .. } if attempts < MAX_ATTEMPTS => ExportState::Waiting {
                attempts,
                due_at: now + TimeDelta::minutes(1 << attempts),
            },
            ExportState::Waiting { .. } => ExportState::Failed { at: now },
            other
            @ (ExportState::Ready { .. } | ExportState::Fetched { .. } | ExportState::Failed { .. }) => other,
        };
        self.changed(state)
    }

    /// It is fetched; none when it cannot be (any more).
    #[must_use]
    pub fn fetched(self, now: Instant) -> Option<Self> {
        match self.standing(now) {
            ExportStanding::Ready => Some(self.changed(ExportState::Fetched { at: now })),
            ExportStanding::Preparing
            | ExportStanding::Fetched
            | ExportStanding::Expired
            | ExportStanding::Failed => None,
        }
    }

    fn changed(self, state: ExportState) -> Self {
        Self {
            state,
            version: self.version.next(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(time: &str) -> Instant {
        format!("2026-07-06T{time}Z").parse().unwrap()
    }

    fn asked() -> DataExport {
        let user = UserId::new(Uuid::from_u128(1));
        DataExport::new(
            DataExportId::new(Uuid::from_u128(2)),
            (user, None),
            user,
            at("08:00:00"),
        )
    }

    #[test]
    fn a_copy_is_made_by_one_at_a_time_and_fetched_once() {
        let begun = asked().begun(at("08:00:00")).unwrap();
        assert_eq!(begun.clone().begun(at("08:59:59")), None, "somebody is at it");
        assert!(
            begun.clone().begun(at("09:00:00")).is_some(),
            "whoever was at it is gone"
        );
        assert!(begun.is_pending(at("08:30:00")));
        let ready = begun.ready(7, at("08:10:00"));
        assert_eq!(ready.standing(at("08:10:00")), ExportStanding::Ready);
        assert_eq!(ready.clone().begun(at("23:00:00")), None);
        let fetched = ready.fetched(at("08:11:00")).unwrap();
        assert_eq!(fetched.standing(at("08:11:00")), ExportStanding::Fetched);
        assert_eq!(fetched.version.number(), 4);
        assert_eq!(fetched.fetched(at("08:11:00")), None);
    }

    #[test]
    fn a_copy_can_be_fetched_for_a_week() {
        let ready = asked().ready(7, at("08:00:00"));
        let end = at("08:00:00") + CAN_BE_FETCHED_FOR;
        assert_eq!(
            ready.standing(end - TimeDelta::microseconds(1)),
            ExportStanding::Ready
        );
        assert_eq!(ready.standing(end), ExportStanding::Expired);
        assert!(!ready.is_pending(end));
        assert_eq!(ready.fetched(end), None);
    }

    #[test]
    fn a_copy_that_cannot_be_made_is_tried_five_times_later_and_later() {
        let mut export = asked();
        let mut now = at("08:00:00");
        for minutes in [2, 4, 8, 16] {
            export = export.begun(now).unwrap().put_back(now);
            assert_eq!(export.clone().begun(now + TimeDelta::minutes(minutes - 1)), None);
            now += TimeDelta::minutes(minutes);
        }
        let last = export.begun(now).unwrap();
        assert_eq!(last.clone().put_back(now).standing(now), ExportStanding::Failed);
        // Nor for ever when whoever makes it is killed by it each time.
        let later = now + IS_MADE_WITHIN;
        assert_eq!(last.begun(later).unwrap().standing(later), ExportStanding::Failed);
    }
}
