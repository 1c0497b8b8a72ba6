//! What is read of placements and of what they are made of: how it is shown, and which of it is wanted.

use ipt_domain::{
    id::{OrganisationId, ProgrammeId, TenantId, UserId},
    logbook::{credit::DayOfCredit, state::StateName},
    placement::{
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        programme::Programme,
        state::PlacementStateName,
    },
};

use crate::logbook::{LogCase, Onlooker};

/// A placement with the names that are shown with it.
#[derive(Clone, Debug)]
pub struct PlacementView {
    /// The placement.
    pub placement: Placement,
    /// The student's name.
    pub student_name: String,
    /// The organisation's name.
    pub organisation_name: String,
    /// The programme's name.
    pub programme_name: String,
    /// The industrial supervisor's name.
    pub industrial_supervisor_name: Option<String>,
    /// The university supervisor's name.
    pub university_supervisor_name: Option<String>,
}

/// Which placements are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementFilter {
    /// For whom: the student, the supervisors, and coordinators of these institutions.
    pub onlooker: Onlooker,
    /// In one of these states; empty: in any.
    pub states: Vec<PlacementStateName>,
    /// Of this student.
    pub student_id: Option<UserId>,
    /// At this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of this programme.
    pub programme_id: Option<ProgrammeId>,
    /// With this supervisor, on either side.
    pub supervisor_id: Option<UserId>,
}

/// The field by which placements are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlacementSort {
    /// The first day.
    StartDate,
    /// When it was made.
    CreatedAt,
}

/// The field by which things with a name are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameSort {
    /// The name, without regard to case.
    Name,
    /// When it was made.
    CreatedAt,
}

/// An organisation, as an institution sees it.
#[derive(Clone, Debug)]
pub struct OrganisationView {
    /// The organisation.
    pub organisation: Organisation,
    /// The institution's relation to it.
    pub relation: Option<OrganisationRelation>,
}

/// Which organisations are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Those to which this institution has a relation.
    pub tenant: Option<TenantId>,
    /// All that there are, whoever has a relation to them.
    pub directory: bool,
    /// Also, or instead, this one: the organisation of a person who belongs to one.
    pub own: Vec<OrganisationId>,
    /// Only (or only not) verified ones.
    pub verified: Option<bool>,
    /// In this sector.
    pub sector: Option<String>,
    /// In this city.
    pub city: Option<String>,
    /// Whose name contains this, without regard to case.
    pub text: Option<String>,
}

/// One day of a placement that has an entry, for progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfProgress {
    /// The day, with the hours that count in its state.
    pub day: DayOfCredit,
    /// The entry's state.
    pub state: StateName,
    /// Whether its review is overdue.
    pub overdue: bool,
}

/// What a placement is decided on: itself, and what surrounds it.
#[derive(Clone, Debug)]
pub struct PlacementCase {
    /// The placement with its policy and places.
    pub case: LogCase,
    /// Its programme.
    pub programme: Programme,
    /// Whether the institution has verified the organisation.
    pub organisation_verified: bool,
}
