//! The guards on a placement's content. All that are broken are found, none stops the search.

use chrono::NaiveDate;

use crate::{
    id::UserId,
    placement::{
        delegation::{Delegation, Part},
        neighbour::{Neighbour, chain_of, most_at_once},
        period::Period,
        placement::Placement,
        policy::{Policy, PolicyVersion},
        supervisor::{Candidate, Ineligibility},
        violation::PlacementViolation,
    },
};

/// The rules by which a placement is judged: before its approval those of the programme as it is now, afterwards the
/// policy that it keeps.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The days on which the programme's placements lie.
    pub window: Period,
    /// The policy.
    pub policy: &'a Policy,
    /// The policy's version.
    pub policy_version: PolicyVersion,
}

/// What surrounds a placement when it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The rules.
    pub terms: Terms<'a>,
    /// The student's other placements. The placement itself among them does no harm.
    pub neighbours: &'a [Neighbour],
    /// Whether the institution has verified the organisation.
    pub organisation_verified: bool,
    /// What is known of the placement's industrial supervisor.
    pub industrial: Option<Candidate>,
    /// What is known of the placement's university supervisor.
    pub university: Option<Candidate>,
    /// The delegates of the placement's supervisors.
    pub delegations: &'a [Delegation],
}

impl Setting<'_> {
    /// What is known of the supervisor in `part`.
    pub(super) const fn candidate(&self, part: Part) -> Option<Candidate> {
        match part {
            Part::Industrial => self.industrial,
            Part::Academic => self.university,
        }
    }
}

/// Guards of the period: window, length of the chain, overlap, and what is continued.
pub(super) fn period(placement: &Placement, setting: &Setting<'_>, found: &mut Vec<PlacementViolation>) {
    let Terms { window, policy, .. } = setting.terms;
    if !window.encloses(&placement.period) {
        found.push(PlacementViolation::OutsideProgrammeWindow { window });
    }
    let others: Vec<Neighbour> = setting
        .neighbours
        .iter()
        .filter(|other| other.id != placement.id)
        .copied()
        .collect();
    continuation(placement, &others, found);
    length(placement, &others, policy, found);
    overlap(placement, &others, policy, found);
}

/// What is continued is an earlier placement of the student.
fn continuation(placement: &Placement, others: &[Neighbour], found: &mut Vec<PlacementViolation>) {
    if let Some(earlier) = placement.continues {
        let begins_before =
            |other: &Neighbour| other.id == earlier && other.period.start() < placement.period.start();
        if !others.iter().any(begins_before) {
            found.push(PlacementViolation::ContinuationInvalid);
        }
    }
}

/// The chain is neither too short nor too long.
fn length(placement: &Placement, others: &[Neighbour], policy: &Policy, found: &mut Vec<PlacementViolation>) {
    let chain = chain_of(placement.id, placement.continues, others);
    let days = Period::days_covered(
        chain
            .into_iter()
            .map(|member| member.period)
            .chain(std::iter::once(placement.period)),
    );
    let (min, max) = (policy.min_days(), policy.max_days());
    if !(min..=max).contains(&days) {
        found.push(PlacementViolation::PlacementLength { days, min, max });
    }
}

/// The student has no more placements at one time than the programme allows.
fn overlap(
    placement: &Placement,
    others: &[Neighbour],
    policy: &Policy,
    found: &mut Vec<PlacementViolation>,
) {
    let beside: Vec<_> = others
        .iter()
        .filter(|other| other.period.overlaps(&placement.period))
        .map(|other| (other.id, other.period))
        .collect();
    let allowed = policy.parallel_placements();
    let with_itself = most_at_once(placement.period, &beside).saturating_add(1);
    if u32::try_from(with_itself).is_ok_and(|number| number <= allowed) {
        return;
    }
    found.push(PlacementViolation::Overlap {
        with: beside.into_iter().map(|(id, _)| id).collect(),
        allowed,
    });
}

/// The supervisors named may be that.
pub(super) fn supervisors(
    placement: &Placement,
    today: NaiveDate,
    setting: &Setting<'_>,
    found: &mut Vec<PlacementViolation>,
) {
    for part in Part::ALL {
        if let Some(person) = placement.supervisor(part) {
            supervisor(placement, (part, person), today, setting, found);
        }
    }
}

/// A person may be the supervisor in a part from `today` on. Of whom nothing is known is not eligible.
pub(super) fn supervisor(
    placement: &Placement,
    (part, person): (Part, UserId),
    today: NaiveDate,
    setting: &Setting<'_>,
    found: &mut Vec<PlacementViolation>,
) {
    let Some(candidate) = setting
        .candidate(part)
        .filter(|candidate| candidate.user_id == person)
    else {
        found.push(PlacementViolation::SupervisorNotEligible {
            part,
            why: Ineligibility::Unknown,
        });
        return;
    };
    let delegates = setting
        .delegations
        .iter()
        .filter(|delegation| delegation.to() >= today);
    if let Some(why) = candidate.ineligibility(part, placement, delegates) {
        found.push(PlacementViolation::SupervisorNotEligible { part, why });
    }
}

/// No live entry falls outside `period`.
pub(super) fn entries(period: Period, entry_days: &[NaiveDate], found: &mut Vec<PlacementViolation>) {
    let mut days: Vec<_> = entry_days
        .iter()
        .copied()
        .filter(|day| !period.contains(*day))
        .collect();
    if !days.is_empty() {
        days.sort_unstable();
        days.dedup();
        found.push(PlacementViolation::EntriesOutsidePeriod { days });
    }
}
