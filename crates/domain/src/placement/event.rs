//! What other contexts learn of a change of a placement.

use chrono::NaiveDate;

use crate::{
    Instant,
    id::{DelegationId, EventId, PlacementId, TenantId, UserId},
    placement::{
        amendment::AmendedField, delegation::Part, period::Period, policy::PolicyVersion,
        state::PlacementStateName,
    },
    text::Remark,
    version::Version,
};

/// One change of a placement, told to the rest of the product: notifications, dashboards, webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PlacementEvent {
    /// The event's id.
    pub id: EventId,
    /// The institution.
    pub tenant_id: TenantId,
    /// The placement.
    pub placement_id: PlacementId,
    /// Its student.
    pub student_id: UserId,
    /// What happened.
    pub kind: PlacementEventKind,
    /// The state before; none when the placement was made.
    pub from: Option<PlacementStateName>,
    /// The state after.
    pub to: PlacementStateName,
    /// Who did it; none when it came about by itself.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
    /// Why, where that was told.
    pub reason: Option<Remark>,
    /// The placement's version after it.
    pub version: Version,
}

/// What happened to a placement. Dates are local days of the workplace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "name", rename_all = "snake_case")
)]
pub enum PlacementEventKind {
    /// It was brought.
    Proposed {
        /// The days proposed.
        period: Period,
    },
    /// It was sent back to be mended.
    ChangesRequested,
    /// It was handed in again.
    Resubmitted,
    /// It was agreed to.
    Approved {
        /// The policy that it keeps from now on.
        policy_version: PolicyVersion,
    },
    /// It began.
    Activated {
        /// On which day.
        since: NaiveDate,
    },
    /// It was interrupted.
    Suspended {
        /// On which day.
        since: NaiveDate,
    },
    /// It went on.
    Resumed,
    /// It was closed with everything done.
    Completed {
        /// On which day.
        on: NaiveDate,
    },
    /// It was ended before its time.
    Terminated {
        /// With which last day.
        effective: NaiveDate,
    },
    /// The institution dropped it.
    Cancelled,
    /// The student dropped it.
    Withdrawn,
    /// Its details were changed.
    Amended {
        /// Which ones.
        changed: Vec<AmendedField>,
        /// The days before.
        period_before: Period,
        /// The days after.
        period: Period,
    },
    /// A part was given to a first supervisor.
    SupervisorAssigned {
        /// The part.
        part: Part,
        /// The supervisor.
        supervisor: UserId,
    },
    /// A part went from one supervisor to another: open reviews go to the successor, past ones keep their author, the
    /// predecessor's links and delegates end.
    SupervisorReplaced {
        /// The part.
        part: Part,
        /// Who had it.
        predecessor: UserId,
        /// Who has it.
        supervisor: UserId,
    },
    /// Somebody was appointed to act for a supervisor.
    DelegateAppointed {
        /// The appointment.
        delegation_id: DelegationId,
        /// The part.
        part: Part,
        /// Who acts.
        delegate: UserId,
        /// On which days.
        days: Period,
    },
    /// An appointment was ended.
    DelegateDismissed {
        /// The appointment.
        delegation_id: DelegationId,
        /// The part.
        part: Part,
        /// Who acted.
        delegate: UserId,
    },
}

impl PlacementEvent {
    /// The event's name, stable: `placement.` and what happened.
    pub const fn name(&self) -> &'static str {
        self.kind.name()
    }
}

impl PlacementEventKind {
    /// The event's name, stable.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => "placement.proposed",
            Self::ChangesRequested => "placement.changes_requested",
            Self::Resubmitted => "placement.resubmitted",
            Self::Approved { .. } => "placement.approved",
            Self::Activated { .. } => "placement.activated",
            Self::Suspended { .. } => "placement.suspended",
            Self::Resumed => "placement.resumed",
            Self::Completed { .. } => "placement.completed",
            Self::Terminated { .. } => "placement.terminated",
            Self::Cancelled => "placement.cancelled",
            Self::Withdrawn => "placement.withdrawn",
            Self::Amended { .. } => "placement.amended",
            Self::SupervisorAssigned { .. } => "placement.supervisor_assigned",
            Self::SupervisorReplaced { .. } => "placement.supervisor_replaced",
            Self::DelegateAppointed { .. } => "placement.delegate_appointed",
            Self::DelegateDismissed { .. } => "placement.delegate_dismissed",
        }
    }
}
