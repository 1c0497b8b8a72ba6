//! The changes that one request makes of a placement, in their order.

use ipt_domain::{
    Instant,
    id::EventId,
    placement::{
        event::PlacementEvent, placement::Placement, refusal::PlacementRefusal, violation::PlacementViolation,
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    placement::{PlacementChange, PlacementRepository, StudentCount, SupervisorCaps},
};

use crate::{
    Caller, Services,
    placement::{PlacementError, RequestViolation, record},
    rules::BrokenRules,
};

/// A placement and what was done to it so far. Each change leaves one event.
#[derive(Debug)]
pub(in crate::placement) struct Changes {
    current: Placement,
    made: Vec<(Placement, Option<Version>, PlacementEvent)>,
    broken: BrokenRules,
}

impl Changes {
    /// Nothing was done yet to a placement that exists.
    pub(in crate::placement) fn of(placement: Placement) -> Self {
        Self {
            current: placement,
            made: Vec::new(),
            broken: BrokenRules::default(),
        }
    }

    /// A placement just made.
    pub(super) fn new((placement, event): (Placement, PlacementEvent)) -> Self {
        Self {
            current: placement.clone(),
            made: vec![(placement, None, event)],
            broken: BrokenRules::default(),
        }
    }

    /// The placement as it is by now.
    pub(super) const fn current(&self) -> &Placement {
        &self.current
    }

    /// Whether nothing was done.
    pub(in crate::placement) const fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// Does one thing. Guards that it breaks are kept, and told with those of the others.
    ///
    /// # Errors
    /// What is told before any guard.
    pub(super) fn try_make(
        &mut self,
        make: impl FnOnce(Placement) -> Result<(Placement, PlacementEvent), PlacementRefusal>,
    ) -> Result<(), PlacementError> {
        let replaces = self.current.version();
        match make(self.current.clone()) {
            Ok((placement, event)) => {
                self.current = placement.clone();
                self.made.push((placement, Some(replaces), event));
                Ok(())
            }
            Err(PlacementRefusal::Rules(found)) => {
                self.broken.extend(found);
                Ok(())
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Adds a broken rule.
    pub(super) fn refuse(&mut self, violation: RequestViolation) {
        self.broken.push(violation);
    }

    /// Lets it begin by itself when it is due: approved or completed after its start, it begins at once.
    pub(in crate::placement) fn begin_when_due(
        &mut self,
        services: &Services,
        today: chrono::NaiveDate,
        now: Instant,
    ) {
        let replaces = self.current.version();
        let event_id = EventId::new(services.ids.next());
        let (placement, event) = self.current.clone().activate_when_due(today, now, event_id);
        if let Some(event) = event {
            self.current = placement.clone();
            self.made.push((placement, Some(replaces), event));
        }
    }

    /// Stores each change with its trail, unless a guard is broken. The supervisors' students are counted once, by where the
    /// changes lead: who is replaced along with a new period need not have room in it.
    ///
    /// # Errors
    /// [`PlacementError::Rules`]: all broken guards, or a supervisor who would have more students on a day than is allowed.
    pub(in crate::placement) async fn save(
        self,
        services: &Services,
        caller: Option<&Caller>,
        placements: &mut dyn PlacementRepository,
        caps: SupervisorCaps,
    ) -> Result<Placement, PlacementError> {
        self.broken.into_result()?;
        let outcome = self.current.clone();
        let mut count = Some(StudentCount { outcome, caps });
        for (placement, replaces, event) in self.made {
            let trail = record::of_event(services, caller, &event);
            let change = PlacementChange {
                placement,
                replaces,
                event,
                count: count.take(),
            };
            placements
                .save_placement(&change, &trail)
                .await
                .map_err(over_cap)?;
        }
        Ok(self.current)
    }
}

/// A cap that is reached is told as a broken rule.
fn over_cap(error: RepositoryError) -> PlacementError {
    match error {
        RepositoryError::Conflict(Constraint::SupervisorCap(over)) => {
            BrokenRules::one(PlacementViolation::SupervisorOverCap(over)).into()
        }
        error => error.into(),
    }
}
