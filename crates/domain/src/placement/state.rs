//! The states of a placement. Each carries the data that only it has.

use chrono::NaiveDate;

use crate::{placement::action::PlacementAction, text::Remark};

/// The state of a placement. Dates are local days of the workplace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "name", rename_all = "snake_case")
)]
pub enum PlacementState {
    /// Waits for a coordinator.
    Proposed,
    /// Waits for the student, who mends it.
    ChangesRequested {
        /// What is to be changed.
        reason: Remark,
    },
    /// Waits for its first day, or for a supervisor.
    Approved,
    /// Under way: entries are submitted and reviewed.
    Active {
        /// The day on which it became active.
        since: NaiveDate,
    },
    /// Interrupted: no entries, nothing overdue.
    Suspended {
        /// The day on which it became active.
        active_since: NaiveDate,
        /// The day on which it was interrupted.
        since: NaiveDate,
        /// Why.
        reason: Remark,
    },
    /// All that the programme asks for is done; final.
    Completed {
        /// The day on which it became active.
        active_since: NaiveDate,
        /// The day on which it was completed.
        on: NaiveDate,
    },
    /// Ended before its time; final.
    Terminated {
        /// The day on which it became active; none when it never did.
        active_since: Option<NaiveDate>,
        /// The last day that counts.
        effective: NaiveDate,
        /// Why.
        reason: Remark,
    },
    /// Dropped by the institution before it began; final.
    Cancelled {
        /// Why, where it was told.
        reason: Option<Remark>,
    },
    /// Dropped by the student before it began; final.
    Withdrawn {
        /// Why, where it was told.
        reason: Option<Remark>,
    },
}

/// The name of a state in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum PlacementStateName {
    /// Waits for a coordinator.
    Proposed,
    /// Waits for the student, who mends it.
    ChangesRequested,
    /// Waits for its first day, or for a supervisor.
    Approved,
    /// Under way.
    Active,
    /// Interrupted.
    Suspended,
    /// All done; final.
    Completed,
    /// Ended before its time; final.
    Terminated,
    /// Dropped by the institution; final.
    Cancelled,
    /// Dropped by the student; final.
    Withdrawn,
}

impl PlacementStateName {
    /// Every state, in the order of a placement's life.
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::ChangesRequested,
        Self::Approved,
        Self::Active,
        Self::Suspended,
        Self::Completed,
        Self::Terminated,
        Self::Cancelled,
        Self::Withdrawn,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Completed => "completed",
            Self::Terminated => "terminated",
            Self::Cancelled => "cancelled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether no action leads out of it.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Terminated | Self::Cancelled | Self::Withdrawn
        )
    }

    /// Whether it has begun and not ended: its supervisors have work with it.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

    /// The actions that it is open to, whoever acts. This is the table of the placement's life. A supervisor can still be
    /// replaced after a termination, for what was submitted is still reviewed.
    pub const fn actions(self) -> &'static [PlacementAction] {
        use PlacementAction as A;
        match self {
            Self::Proposed => &[
                A::RequestChanges,
                A::Approve,
                A::Cancel,
                A::Withdraw,
                A::Amend,
                A::AssignSupervisor,
                A::AppointDelegate,
                A::DismissDelegate,
            ],
            Self::ChangesRequested => &[
                A::Resubmit,
                A::Cancel,
                A::Withdraw,
                A::Amend,
                A::AssignSupervisor,
                A::AppointDelegate,
                A::DismissDelegate,
            ],
            Self::Approved => &[
                A::Activate,
                A::Cancel,
                A::Withdraw,
                A::Amend,
                A::AssignSupervisor,
                A::AppointDelegate,
                A::DismissDelegate,
            ],
            Self::Active => &[
                A::Suspend,
                A::Complete,
                A::Terminate,
                A::Amend,
                A::AssignSupervisor,
                A::AppointDelegate,
                A::DismissDelegate,
            ],
            Self::Suspended => &[
                A::Resume,
                A::Amend,
                A::AssignSupervisor,
                A::AppointDelegate,
                A::DismissDelegate,
            ],
            Self::Terminated => &[A::AssignSupervisor, A::AppointDelegate, A::DismissDelegate],
            Self::Completed | Self::Cancelled | Self::Withdrawn => &[],
        }
    }
}

impl std::fmt::Display for PlacementStateName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl PlacementState {
    /// Its name.
    pub const fn name(&self) -> PlacementStateName {
        match self {
            Self::Proposed => PlacementStateName::Proposed,
            Self::ChangesRequested { .. } => PlacementStateName::ChangesRequested,
            Self::Approved => PlacementStateName::Approved,
            Self::Active { .. } => PlacementStateName::Active,
            Self::Suspended { .. } => PlacementStateName::Suspended,
            Self::Completed { .. } => PlacementStateName::Completed,
            Self::Terminated { .. } => PlacementStateName::Terminated,
            Self::Cancelled { .. } => PlacementStateName::Cancelled,
            Self::Withdrawn { .. } => PlacementStateName::Withdrawn,
        }
    }

    /// The day on which the placement became active; none when it has not.
    pub const fn active_since(&self) -> Option<NaiveDate> {
        match self {
            Self::Active { since } => Some(*since),
            Self::Suspended { active_since, .. } | Self::Completed { active_since, .. } => {
                Some(*active_since)
            }
            Self::Terminated { active_since, .. } => *active_since,
            Self::Proposed
            | Self::ChangesRequested { .. }
            | Self::Approved
            | Self::Cancelled { .. }
            | Self::Withdrawn { .. } => None,
        }
    }

    /// Why it came to this state, where that is kept.
    pub const fn reason(&self) -> Option<&Remark> {
        match self {
            Self::ChangesRequested { reason }
            | Self::Suspended { reason, .. }
            | Self::Terminated { reason, .. } => Some(reason),
            Self::Cancelled { reason } | Self::Withdrawn { reason } => reason.as_ref(),
            Self::Proposed | Self::Approved | Self::Active { .. } | Self::Completed { .. } => None,
        }
    }
}
