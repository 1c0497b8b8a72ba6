//! A placement with what surrounds it, for the person who asks.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{EventId, PlacementId},
    identity::permission::Permission,
    placement::{
        authority::Acting, delegation::Part, guard::Terms, placement::Placement, state::PlacementStateName,
        supervisor::cap_of,
    },
    version::Version,
};
use ipt_ports::placement::{PlacementCase, PlacementReader, SupervisorCaps};

use crate::{Caller, Services, access::Denied, placement::PlacementError};

/// A placement with what surrounds it, now.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) found: PlacementCase,
    pub(super) now: Instant,
    /// Today, at the workplace.
    pub(super) today: NaiveDate,
}

/// Reads a placement that exists for the caller: one's own, or one of the institution acted in.
///
/// # Errors
/// [`PlacementError::NotFound`].
pub(super) async fn load(
    placement: &mut dyn PlacementReader,
    services: &Services,
    caller: &Caller,
    id: PlacementId,
) -> Result<Loaded, PlacementError> {
    let found = placement
        .placement_case(id)
        .await?
        .ok_or(PlacementError::NotFound("placement"))?;
    let now = services.clock.now();
    let today = found.case.workplace.calendar().local_date(now);
    let loaded = Loaded { found, now, today };
    let here = caller.tenant_id() == Some(loaded.placement().tenant_id());
    if here || loaded.is_party(caller) {
        Ok(loaded)
    } else {
        Err(PlacementError::NotFound("placement"))
    }
}

impl Loaded {
    pub(super) const fn placement(&self) -> &Placement {
        &self.found.case.placement
    }

    /// Whether the caller has a part on the placement.
    fn is_party(&self, caller: &Caller) -> bool {
        let institution_today = self.found.case.institution.local_date(self.now);
        let placement = self.placement();
        let user = caller.user_id();
        let supervises = Part::ALL
            .into_iter()
            .any(|part| placement.supervisor(part) == Some(user));
        let delegations = &self.found.case.delegations;
        supervises
            || placement
                .standing_of(user, self.today, institution_today, delegations)
                .holds_any()
    }

    /// Checks that the caller may look at the placement: its people and the institution's coordinators.
    ///
    /// # Errors
    /// [`PlacementError::Denied`].
    pub(super) fn check_seen_by(&self, caller: &Caller) -> Result<(), PlacementError> {
        let permission = Permission::PlacementCoordinate;
        let coordinates = caller.actor.may(self.placement().tenant_id(), permission);
        if coordinates || self.is_party(caller) {
            Ok(())
        } else {
            Err(Denied { permission }.into())
        }
    }

    /// Somebody acting on the placement seen at a version.
    pub(super) fn acting<'a>(
        &self,
        services: &Services,
        caller: &'a Caller,
        seen: Option<Version>,
    ) -> Acting<'a> {
        Acting {
            actor: &caller.actor,
            seen,
            now: self.now,
            today: self.today,
            event_id: EventId::new(services.ids.next()),
        }
    }

    /// The rules by which the placement is judged: the programme's as they are now until it is approved, those that it
    /// keeps afterwards.
    pub(super) fn terms(&self) -> Terms<'_> {
        let (programme, placement) = (&self.found.programme, self.placement());
        match placement.state().name() {
            PlacementStateName::Proposed | PlacementStateName::ChangesRequested => programme.terms(),
            PlacementStateName::Approved
            | PlacementStateName::Active
            | PlacementStateName::Suspended
            | PlacementStateName::Completed
            | PlacementStateName::Terminated
            | PlacementStateName::Cancelled
            | PlacementStateName::Withdrawn => {
                programme.terms_under(&self.found.case.policy, placement.policy_version())
            }
        }
    }
}

/// The caps by these rules.
pub(super) const fn caps(terms: &Terms<'_>) -> SupervisorCaps {
    SupervisorCaps {
        industrial: cap_of(Part::Industrial, terms.policy),
        university: cap_of(Part::Academic, terms.policy),
    }
}
