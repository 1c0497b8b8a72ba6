//! What the rules must know besides the placement: the student's other placements, and the supervisors.

use ipt_domain::{
    id::{OrganisationId, TenantId, UserId},
    identity::{membership::Membership, role::Role},
    placement::{
        delegation::{Delegation, Part},
        guard::{Setting, Terms},
        neighbour::Neighbour,
        supervisor::Candidate,
    },
};
use ipt_ports::{UnitOfWork, identity::PeopleReader};

use crate::placement::PlacementError;

/// What surrounds a placement.
#[derive(Debug)]
pub(super) struct Surroundings {
    neighbours: Vec<Neighbour>,
    industrial: Option<Candidate>,
    university: Option<Candidate>,
}

/// Whose surroundings are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    pub(super) tenant: TenantId,
    pub(super) student: UserId,
    pub(super) organisation: OrganisationId,
    pub(super) industrial: Option<UserId>,
    pub(super) university: Option<UserId>,
}

impl Surroundings {
    /// Reads them, once nobody else can place the student until the end of the transaction: overlap is judged on what is
    /// there.
    pub(super) async fn of(work: &mut dyn UnitOfWork, subject: Subject) -> Result<Self, PlacementError> {
        work.placement()
            .hold_student(subject.tenant, subject.student)
            .await?;
        let neighbours = work
            .placement()
            .neighbours(subject.tenant, subject.student)
            .await?;
        let industrial = candidate(work.people(), Part::Industrial, subject.industrial, subject).await?;
        let university = candidate(work.people(), Part::Academic, subject.university, subject).await?;
        Ok(Self {
            neighbours,
            industrial,
            university,
        })
    }

    /// The setting by which the domain judges.
    pub(super) fn setting<'a>(
        &'a self,
        terms: Terms<'a>,
        organisation_verified: bool,
        delegations: &'a [Delegation],
    ) -> Setting<'a> {
        Setting {
            terms,
            neighbours: &self.neighbours,
            organisation_verified,
            industrial: self.industrial,
            university: self.university,
            delegations,
        }
    }
}

/// What is known of a person who is, or is to be, the supervisor of a part. How many students the person has is left to
/// the store, which counts them while nobody else gives that person another.
async fn candidate(
    people: &mut dyn PeopleReader,
    part: Part,
    person: Option<UserId>,
    subject: Subject,
) -> Result<Option<Candidate>, PlacementError> {
    let Some(user_id) = person else { return Ok(None) };
    let Some(view) = people.user(user_id).await? else {
        return Ok(None);
    };
    let here: Vec<Membership> = view
        .memberships
        .into_iter()
        .map(|view| view.membership)
        .filter(|held| held.is_active() && held.tenant_id == Some(subject.tenant))
        .collect();
    if here.is_empty() {
        return Ok(None);
    }
    let role = match part {
        Part::Industrial => Role::IndustrialSupervisor,
        Part::Academic => Role::UniversitySupervisor,
    };
    let holding = || here.iter().filter(|held| held.roles.contains(&role));
    let there = holding().find(|held| held.organisation_id == Some(subject.organisation));
    Ok(Some(Candidate {
        user_id,
        holds_role: holding().next().is_some() && !view.account.is_disabled(),
        organisation_id: there
            .or_else(|| holding().next())
            .and_then(|held| held.organisation_id),
    }))
}
