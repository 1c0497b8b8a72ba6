//! Who may do what to a placement: permission, then the relation to it, then the separation of duties; then the version
//! and the state.

use chrono::NaiveDate;

use crate::{
    Instant,
    actor::Actor,
    id::{EventId, TenantId, UserId},
    identity::permission::Permission,
    placement::{
        action::PlacementAction,
        event::{PlacementEvent, PlacementEventKind},
        placement::Placement,
        refusal::{PlacementRefusal, PlacementSeparation},
        state::{PlacementState, PlacementStateName},
    },
    text::Remark,
    version::Version,
};

/// Who acts, which version the person saw, and when.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// The acting person.
    pub actor: &'a Actor,
    /// The version that the person saw (none: whichever is current).
    pub seen: Option<Version>,
    /// Now.
    pub now: Instant,
    /// Today, at the workplace.
    pub today: NaiveDate,
    /// The id of the event that the action leaves.
    pub event_id: EventId,
}

/// On whose side an action lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlacementSide {
    /// A coordinator of the institution.
    Coordinator,
    /// The student of the placement.
    Student,
    /// A supervisor of the placement, in one's own name.
    Supervisor,
}

impl PlacementSide {
    /// The permission that it needs.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Coordinator => Permission::PlacementCoordinate,
            Self::Student => Permission::PlacementPropose,
            Self::Supervisor => Permission::PlacementRead,
        }
    }
}

impl PlacementAction {
    /// Whose action it is; the first that fits is the capacity in which a person acts.
    pub const fn sides(self) -> &'static [PlacementSide] {
        use PlacementSide as S;
        match self {
            Self::Propose | Self::Resubmit | Self::Amend | Self::AssignSupervisor => {
                &[S::Coordinator, S::Student]
            }
            Self::RequestChanges
            | Self::Approve
            | Self::Activate
            | Self::Suspend
            | Self::Resume
            | Self::Complete
            | Self::Terminate
            | Self::Cancel => &[S::Coordinator],
            Self::Withdraw => &[S::Student],
            Self::AppointDelegate | Self::DismissDelegate => &[S::Coordinator, S::Supervisor],
        }
    }

    /// Whether `side` may take it in `state`: a student mends a placement only until it is approved.
    const fn is_open_to(self, side: PlacementSide, state: PlacementStateName) -> bool {
        let mending =
            matches!(self, Self::Amend | Self::AssignSupervisor) && matches!(side, PlacementSide::Student);
        !mending
            || matches!(
                state,
                PlacementStateName::Proposed | PlacementStateName::ChangesRequested
            )
    }
}

/// In which capacity `actor` takes `action` on a placement of `student` in `tenant`.
pub(super) fn authorise(
    action: PlacementAction,
    actor: &Actor,
    tenant: TenantId,
    student: UserId,
    supervisors: [Option<UserId>; 2],
) -> Result<PlacementSide, PlacementRefusal> {
    let person = actor.user_id();
    let holds = |side: PlacementSide| match side {
        _ if !actor.may(tenant, side.permission()) => Err(PlacementRefusal::Forbidden {
            permission: side.permission(),
        }),
        PlacementSide::Coordinator if person == student => Err(PlacementSeparation::OwnPlacement.into()),
        PlacementSide::Student if person != student => Err(PlacementRefusal::NotYourPlacement { action }),
        PlacementSide::Supervisor if !supervisors.contains(&Some(person)) => {
            Err(PlacementRefusal::NotYourPlacement { action })
        }
        PlacementSide::Coordinator | PlacementSide::Student | PlacementSide::Supervisor => Ok(side),
    };
    let mut refusal = None;
    for side in action.sides() {
        match holds(*side) {
            Ok(side) => return Ok(side),
            // Who holds the permission of one side is told what is missing there, not that the other side's is missing.
            Err(PlacementRefusal::Forbidden { .. }) if refusal.is_some() => {}
            Err(other) => refusal = Some(other),
        }
    }
    Err(refusal.unwrap_or(PlacementRefusal::NotYourPlacement { action }))
}

impl Placement {
    /// The actions that `actor` may take now.
    pub fn allowed_actions(&self, actor: &Actor) -> Vec<PlacementAction> {
        let state = self.state.name();
        let may = |action: PlacementAction| {
            let side = authorise(action, actor, self.tenant_id, self.student_id, self.supervisors());
            side.is_ok_and(|side| action.is_open_to(side, state))
        };
        state
            .actions()
            .iter()
            .copied()
            .filter(|action| may(*action))
            .collect()
    }

    const fn supervisors(&self) -> [Option<UserId>; 2] {
        [self.industrial_supervisor, self.university_supervisor]
    }

    /// Checks everything but the content: the person, the version, the state.
    pub(super) fn check(
        &self,
        action: PlacementAction,
        acting: &Acting<'_>,
    ) -> Result<PlacementSide, PlacementRefusal> {
        self.check_among(action, acting, self.supervisors())
    }

    /// As [`check`](Self::check), where only these supervisors may act as such.
    pub(super) fn check_among(
        &self,
        action: PlacementAction,
        acting: &Acting<'_>,
        supervisors: [Option<UserId>; 2],
    ) -> Result<PlacementSide, PlacementRefusal> {
        let side = authorise(action, acting.actor, self.tenant_id, self.student_id, supervisors)?;
        if let Some(seen) = acting.seen
            && seen != self.version
        {
            return Err(PlacementRefusal::Stale {
                seen,
                current: self.version,
            });
        }
        let state = self.state.name();
        if state.actions().contains(&action) && action.is_open_to(side, state) {
            Ok(side)
        } else {
            Err(self.invalid(action, acting.actor))
        }
    }

    /// The refusal of an action that the state does not allow.
    pub(super) fn invalid(&self, action: PlacementAction, actor: &Actor) -> PlacementRefusal {
        PlacementRefusal::InvalidTransition {
            state: self.state.name(),
            action,
            allowed: self.allowed_actions(actor),
        }
    }

    /// Enters `state` by somebody's action, and tells of it.
    pub(super) fn enter(
        mut self,
        state: PlacementState,
        kind: PlacementEventKind,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> (Self, PlacementEvent) {
        let from = Some(self.state.name());
        self.state = state;
        let event = self.tell(kind, from, reason, Trace::of(acting));
        (self, event)
    }

    /// Counts a change, of which there was one before unless the placement was just made, and tells of it.
    pub(super) fn tell(
        &mut self,
        kind: PlacementEventKind,
        from: Option<PlacementStateName>,
        reason: Option<Remark>,
        trace: Trace,
    ) -> PlacementEvent {
        if from.is_some() {
            self.version = self.version.next();
        }
        self.updated_at = trace.at;
        PlacementEvent {
            id: trace.event_id,
            tenant_id: self.tenant_id,
            placement_id: self.id,
            student_id: self.student_id,
            kind,
            from,
            to: self.state.name(),
            by: trace.by,
            at: trace.at,
            reason,
            version: self.version,
        }
    }
}

/// Who did something, if anybody, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    pub(super) by: Option<UserId>,
    pub(super) at: Instant,
    pub(super) event_id: EventId,
}

impl Trace {
    /// The trace of somebody's action.
    pub(super) fn of(acting: &Acting<'_>) -> Self {
        Self {
            by: Some(acting.actor.user_id()),
            at: acting.now,
            event_id: acting.event_id,
        }
    }
}
