//! Which parts a person holds on a placement.

use chrono::{Days, NaiveDate};

use crate::{
    id::UserId,
    placement::{
        delegation::{Delegation, Part},
        placement::Placement,
        state::PlacementState,
    },
};

/// For so many days after a termination takes effect, industry still reviews what was submitted; then a coordinator does.
pub const INDUSTRIAL_DAYS_AFTER_TERMINATION: u64 = 14;

/// The parts that a person holds on a placement now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it is the student's own placement.
    pub student: bool,
    /// In which capacity the person acts for industry, if at all.
    pub industrial: Option<Capacity>,
    /// In which capacity the person acts for the academic side, if at all.
    pub academic: Option<Capacity>,
}

/// In one's own name, or for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The supervisor for whom the person acts; none when the part is the person's own.
    pub on_behalf_of: Option<UserId>,
}

impl Standing {
    /// Whether the person has anything to do with the placement.
    pub const fn holds_any(&self) -> bool {
        self.student || self.industrial.is_some() || self.academic.is_some()
    }

    /// In which capacity the person holds `part`, if at all.
    pub const fn of(&self, part: Part) -> Option<Capacity> {
        match part {
            Part::Industrial => self.industrial,
            Part::Academic => self.academic,
        }
    }
}

impl Placement {
    /// The parts that `user` holds now. Delegations of other placements do not count.
    pub fn standing_of(
        &self,
        user: UserId,
        workplace_today: NaiveDate,
        institution_today: NaiveDate,
        delegations: &[Delegation],
    ) -> Standing {
        let capacity = |part: Part, today: NaiveDate| {
            let supervisor = self.supervisor(part)?;
            if supervisor == user {
                return Some(Capacity { on_behalf_of: None });
            }
            delegations
                .iter()
                .any(|delegation| {
                    delegation.placement_id == self.id()
                        && delegation.part == part
                        && delegation.delegate == user
                        && delegation.holds_on(today)
                })
                .then_some(Capacity {
                    on_behalf_of: Some(supervisor),
                })
        };
        Standing {
            student: self.student_id() == user,
            industrial: capacity(Part::Industrial, workplace_today)
                .filter(|_| self.industry_still_reviews(workplace_today)),
            academic: capacity(Part::Academic, institution_today),
        }
    }

    /// Whether industry's part has not expired: it does so some days after a termination; the academic one never does.
    pub fn industry_still_reviews(&self, workplace_today: NaiveDate) -> bool {
        match self.state() {
            PlacementState::Terminated { effective, .. } => effective
                .checked_add_days(Days::new(INDUSTRIAL_DAYS_AFTER_TERMINATION))
                .is_none_or(|last| workplace_today <= last),
            PlacementState::Proposed
            | PlacementState::ChangesRequested { .. }
            | PlacementState::Approved
            | PlacementState::Active { .. }
            | PlacementState::Suspended { .. }
            | PlacementState::Completed { .. }
            | PlacementState::Cancelled { .. }
            | PlacementState::Withdrawn { .. } => true,
        }
    }
}
