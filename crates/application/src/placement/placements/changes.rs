//! The changes that one request makes of a placement, in their order.

use ipt_domain::{
    Instant,
    id::EventId,
    placement::{
        delegation::Part, event::PlacementEvent, placement::Placement, refusal::PlacementRefusal,
        violation::PlacementViolation,
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    placement::{PlacementChange, PlacementRepository, SupervisorCaps},
};

use crate::{
    Caller, Services,
    placement::{PlacementError, RequestViolation, record},
    rules::BrokenRules,
};

/// A placement and what was done to it so far. Each change leaves one event.
#[derive(Debug)]
pub(in crate::placement) struct Changes {
    before: Option<Placement>,
    current: Placement,
    made: Vec<(Placement, Option<Version>, PlacementEvent)>,
    broken: BrokenRules,
}

impl Changes {
    /// Nothing was done yet to a placement that exists.
    pub(in crate::placement) fn of(placement: Placement) -> Self {
        Self {
            before: Some(placement.clone()),
            current: placement,
            made: Vec::new(),
            broken: BrokenRules::default(),
        }
    }

    /// A placement just made.
    pub(super) fn new((placement, event): (Placement, PlacementEvent)) -> Self {
        Self {
            before: None,
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

    /// Stores each change with its trail, unless a guard is broken.
    ///
    /// # Errors
    /// [`PlacementError::Rules`]: all broken guards, or a supervisor who has as many students already as is allowed.
    pub(in crate::placement) async fn save(
        self,
        services: &Services,
        caller: Option<&Caller>,
        placements: &mut dyn PlacementRepository,
        caps: SupervisorCaps,
    ) -> Result<Placement, PlacementError> {
        self.broken.into_result()?;
        let mut before = self.before;
        for (placement, replaces, event) in self.made {
            let trail = record::of_event(services, caller, &event);
            let change = PlacementChange {
                placement,
                replaces,
                event,
                caps,
            };
            let saved = placements.save_placement(&change, &trail).await;
            saved.map_err(|error| over_cap(error, before.as_ref(), &change.placement, caps))?;
            before = Some(change.placement);
        }
        Ok(self.current)
    }
}

/// A cap that is reached, told of the supervisor who was not counted before.
fn over_cap(
    error: RepositoryError,
    before: Option<&Placement>,
    after: &Placement,
    caps: SupervisorCaps,
) -> PlacementError {
    if !matches!(error, RepositoryError::Conflict(Constraint::SupervisorCap)) {
        return error.into();
    }
    let fresh: Vec<Part> = Part::ALL
        .into_iter()
        .filter(|part| {
            let supervisor = after.supervisor(*part);
            supervisor.is_some() && before.and_then(|before| before.supervisor(*part)) != supervisor
        })
        .collect();
    let rules = match fresh.as_slice() {
        [part] => {
            let cap = match part {
                Part::Industrial => caps.industrial,
                Part::Academic => caps.university,
            };
            BrokenRules::one(PlacementViolation::SupervisorOverCap { part: *part, cap })
        }
        _ => BrokenRules::one(RequestViolation::SupervisorOverCap),
    };
    rules.into()
}
