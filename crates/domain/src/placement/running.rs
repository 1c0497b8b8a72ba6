//! A placement under way: how it begins, pauses and goes on.

use chrono::NaiveDate;

use crate::{
    Instant,
    id::EventId,
    placement::{
        action::PlacementAction,
        authority::{Acting, Trace},
        delegation::Part,
        event::{PlacementEvent, PlacementEventKind},
        placement::Placement,
        proposal::required,
        refusal::PlacementRefusal,
        state::PlacementState,
        violation::PlacementViolation,
    },
    text::Remark,
};

impl Placement {
    /// What keeps the placement from being active on `today`, a local day of the workplace.
    fn obstacles(&self, today: NaiveDate) -> Vec<PlacementViolation> {
        let mut found: Vec<_> = Part::ALL
            .into_iter()
            .filter(|part| self.supervisor(*part).is_none())
            .map(|part| PlacementViolation::SupervisorRequired { part })
            .collect();
        if today < self.period.start() {
            found.push(PlacementViolation::NotStarted {
                start: self.period.start(),
            });
        }
        found
    }

    /// Whether it becomes active by itself on `today`, a local day of the workplace: approved, with both supervisors, and
    /// its first day has come.
    pub fn is_due_on(&self, today: NaiveDate) -> bool {
        match self.state {
            PlacementState::Approved => self.obstacles(today).is_empty(),
            PlacementState::Proposed
            | PlacementState::ChangesRequested { .. }
            | PlacementState::Active { .. }
            | PlacementState::Suspended { .. }
            | PlacementState::Completed { .. }
            | PlacementState::Terminated { .. }
            | PlacementState::Cancelled { .. }
            | PlacementState::Withdrawn { .. } => false,
        }
    }

    /// Lets it begin by itself when it is due on `today`, a local day of the workplace; else it comes back as it was. To be
    /// asked at the start of each local day, and after an approval or an assignment: approved or completed after its
    /// start, it begins at once.
    pub fn activate_when_due(
        self,
        today: NaiveDate,
        now: Instant,
        event_id: EventId,
    ) -> (Self, Option<PlacementEvent>) {
        if !self.is_due_on(today) {
            return (self, None);
        }
        let (placement, event) = self.begin(
            today,
            Trace {
                by: None,
                at: now,
                event_id,
            },
        );
        (placement, Some(event))
    }

    /// An operator in a hurry lets it begin without waiting for the next round.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; both supervisors are needed, and its first day must have come.
    pub fn activate(self, acting: &Acting<'_>) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Activate, acting)?;
        PlacementRefusal::unless_empty(self.obstacles(acting.today))?;
        Ok(self.begin(acting.today, Trace::of(acting)))
    }

    /// Becomes active on `today`.
    fn begin(mut self, today: NaiveDate, trace: Trace) -> (Self, PlacementEvent) {
        let from = Some(self.state.name());
        self.state = PlacementState::Active { since: today };
        let event = self.tell(PlacementEventKind::Activated { since: today }, from, None, trace);
        (self, event)
    }

    /// A coordinator interrupts it: no entries, nothing overdue.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; a reason is needed.
    pub fn suspend(
        self,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        let active_since = self.check_under_way(PlacementAction::Suspend, acting)?;
        let reason = required(reason)?;
        let since = acting.today.max(active_since);
        let state = PlacementState::Suspended {
            active_since,
            since,
            reason: reason.clone(),
        };
        Ok(self.enter(
            state,
            PlacementEventKind::Suspended { since },
            Some(reason),
            acting,
        ))
    }

    /// A coordinator lets it go on.
    ///
    /// # Errors
    /// [`PlacementRefusal`].
    pub fn resume(
        self,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        let since = self.check_under_way(PlacementAction::Resume, acting)?;
        Ok(self.enter(
            PlacementState::Active { since },
            PlacementEventKind::Resumed,
            reason,
            acting,
        ))
    }

    /// Checks an action on a placement that has begun, and gives the day on which it did.
    pub(super) fn check_under_way(
        &self,
        action: PlacementAction,
        acting: &Acting<'_>,
    ) -> Result<NaiveDate, PlacementRefusal> {
        self.check(action, acting)?;
        self.active_since()
            .ok_or_else(|| self.invalid(action, acting.actor))
    }

    /// Whether its last day has passed while it is still active: hours are missing, or nobody has closed it. It stands
    /// in the coordinators' exception queue.
    pub fn is_overrun_on(&self, today: NaiveDate) -> bool {
        self.state.name().is_running() && today > self.period.end()
    }
}
