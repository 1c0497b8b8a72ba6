//! The appointment of a supervisor's delegate.

use chrono::NaiveDate;

use crate::{
    id::DelegationId,
    placement::{
        action::PlacementAction,
        authority::{Acting, Trace},
        delegation::{Delegation, Part},
        event::{PlacementEvent, PlacementEventKind},
        period::Period,
        placement::Placement,
        refusal::{PlacementRefusal, PlacementSeparation},
        supervisor::{Candidate, Ineligibility},
        violation::PlacementViolation,
    },
};

/// The appointment of somebody who acts for a supervisor on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The id that it will have.
    pub id: DelegationId,
    /// The part to act for.
    pub part: Part,
    /// Who is to act.
    pub delegate: Candidate,
    /// The first day, a local day of the part's side.
    pub from: NaiveDate,
    /// The last day, on which the delegate still acts.
    pub to: NaiveDate,
}

impl Placement {
    /// Appoints a delegate: the supervisor who holds the part, or a coordinator. `delegations` are those there are on
    /// this placement. The placement's version counts it.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; neither the student nor anybody of the other part acts for a supervisor.
    pub fn appoint_delegate(
        mut self,
        appointment: &Appointment,
        delegations: &[Delegation],
        acting: &Acting<'_>,
    ) -> Result<(Self, Delegation, PlacementEvent), PlacementRefusal> {
        let Appointment {
            id,
            part,
            delegate,
            from,
            to,
        } = *appointment;
        self.check_part(PlacementAction::AppointDelegate, part, acting)?;
        let days = Period::new(from, to);
        let beside = delegations
            .iter()
            .filter(|delegation| days.is_ok_and(|days| days.overlaps(&delegation.days)));
        let ineligible = delegate.ineligibility(part, &self, beside);
        separate(ineligible)?;
        let mut found: Vec<_> = ineligible
            .map(|why| PlacementViolation::DelegateNotEligible { why })
            .into_iter()
            .collect();
        match self.supervisor(part) {
            None => found.push(PlacementViolation::NobodyToActFor { part }),
            Some(supervisor) if supervisor == delegate.user_id => {
                found.push(PlacementViolation::DelegateNotEligible {
                    why: Ineligibility::HoldsThePart,
                });
            }
            Some(_) => {}
        }
        let days = match days {
            Ok(days) if found.is_empty() => days,
            Ok(_) => return Err(PlacementRefusal::Rules(found)),
            Err(_) => {
                found.push(PlacementViolation::PeriodReversed { from, to });
                return Err(PlacementRefusal::Rules(found));
            }
        };
        let delegation = Delegation {
            id,
            placement_id: self.id,
            part,
            delegate: delegate.user_id,
            days,
            appointed_by: acting.actor.user_id(),
        };
        let kind = PlacementEventKind::DelegateAppointed {
            delegation_id: id,
            part,
            delegate: delegate.user_id,
            days,
        };
        let state = Some(self.state.name());
        let event = self.tell(kind, state, None, Trace::of(acting));
        Ok((self, delegation, event))
    }

    /// Ends an appointment at once: the supervisor who holds the part, or a coordinator.
    ///
    /// # Errors
    /// [`PlacementRefusal`].
    pub fn dismiss_delegate(
        mut self,
        delegation: &Delegation,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check_part(PlacementAction::DismissDelegate, delegation.part, acting)?;
        let kind = PlacementEventKind::DelegateDismissed {
            delegation_id: delegation.id,
            part: delegation.part,
            delegate: delegation.delegate,
        };
        let state = Some(self.state.name());
        let event = self.tell(kind, state, None, Trace::of(acting));
        Ok((self, event))
    }

    /// Checks the person, the version and the state; a supervisor acts for the own part only.
    fn check_part(
        &self,
        action: PlacementAction,
        part: Part,
        acting: &Acting<'_>,
    ) -> Result<(), PlacementRefusal> {
        self.check_among(action, acting, [self.supervisor(part), None])
            .map(|_| ())
    }
}

/// Two duties lie with two people.
fn separate(ineligible: Option<Ineligibility>) -> Result<(), PlacementSeparation> {
    match ineligible {
        Some(Ineligibility::IsTheStudent) => Err(PlacementSeparation::IsTheStudent),
        Some(Ineligibility::HoldsTheOtherPart | Ineligibility::ActsForTheOtherPart) => {
            Err(PlacementSeparation::HoldsTheOtherPart)
        }
        Some(
            Ineligibility::Unknown
            | Ineligibility::NotOfTheOrganisation
            | Ineligibility::NotOfTheInstitution
            | Ineligibility::HoldsThePart,
        )
        | None => Ok(()),
    }
}
