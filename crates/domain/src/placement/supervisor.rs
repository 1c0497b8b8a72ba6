//! Who may be a placement's supervisor.

use crate::{
    id::{OrganisationId, UserId},
    placement::{
        delegation::{Delegation, Part},
        placement::Placement,
        policy::Policy,
    },
};

/// What the rules must know of a person who is, or is to be, a supervisor or a delegate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub user_id: UserId,
    /// Whether the person has, now and in the placement's institution, a membership with the role of the part.
    pub holds_role: bool,
    /// The organisation of that membership.
    pub organisation_id: Option<OrganisationId>,
}

/// Why a person cannot hold a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ineligibility {
    /// Nothing is known of the person in this institution.
    Unknown,
    /// The person is no industrial supervisor of the organisation that hosts.
    NotOfTheOrganisation,
    /// The person is no university supervisor of the institution.
    NotOfTheInstitution,
    /// The person is the student.
    IsTheStudent,
    /// The person supervises for the other side.
    HoldsTheOtherPart,
    /// The person is a delegate of the other side.
    ActsForTheOtherPart,
    /// The person holds this part already.
    HoldsThePart,
}

impl Ineligibility {
    /// The sentence for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "nothing is known of this person here",
            Self::NotOfTheOrganisation => {
                "this person is no industrial supervisor of the organisation that hosts"
            }
            Self::NotOfTheInstitution => "this person is no university supervisor of the institution",
            Self::IsTheStudent => "this is the student of the placement",
            Self::HoldsTheOtherPart => "this person supervises the placement for the other side",
            Self::ActsForTheOtherPart => "this person is a delegate of the placement's other side",
            Self::HoldsThePart => "this person holds the part already",
        }
    }
}

impl std::fmt::Display for Ineligibility {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Candidate {
    /// Why the person cannot hold `part` on `placement`, beside these delegates; none when nothing speaks against it.
    pub fn ineligibility<'a>(
        &self,
        part: Part,
        placement: &Placement,
        delegations: impl IntoIterator<Item = &'a Delegation>,
    ) -> Option<Ineligibility> {
        let of_the_side = match part {
            Part::Industrial => self.holds_role && self.organisation_id == Some(placement.organisation_id()),
            Part::Academic => self.holds_role,
        };
        if self.user_id == placement.student_id() {
            Some(Ineligibility::IsTheStudent)
        } else if placement.supervisor(part.other()) == Some(self.user_id) {
            Some(Ineligibility::HoldsTheOtherPart)
        } else if delegations.into_iter().any(|delegation| {
            delegation.placement_id() == placement.id()
                && delegation.part() == part.other()
                && delegation.delegate() == self.user_id
        }) {
            Some(Ineligibility::ActsForTheOtherPart)
        } else if of_the_side {
            None
        } else {
            Some(match part {
                Part::Industrial => Ineligibility::NotOfTheOrganisation,
                Part::Academic => Ineligibility::NotOfTheInstitution,
            })
        }
    }
}

/// How many students a supervisor of `part` may have on one day: see [`Gain::check`](super::load::Gain::check), which the
/// store asks, so that two requests at once do not exceed it.
pub const fn cap_of(part: Part, policy: &Policy) -> u32 {
    match part {
        Part::Industrial => policy.students_per_industrial_supervisor(),
        Part::Academic => policy.students_per_university_supervisor(),
    }
}
