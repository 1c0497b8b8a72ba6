//! Changes of a profile.

use ipt_domain::{
    id::ProgrammeId,
    identity::{
        profile::{Profile, ProfileError, Section, StaffProfile, StudentProfile},
        role::Role,
    },
};
use ipt_ports::placement::PlacementReader;

use super::violation::{Body, ProfileProblem, ProfileViolation};
use crate::{identity::IdentityError, rules::BrokenRules};

/// What to change; a section that is left out stays, and one that is none goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// As a student.
    pub student: Option<Option<StudentProfile>>,
    /// As a supervisor.
    pub supervisor: Option<Option<StaffProfile>>,
    /// As a coordinator or administrator.
    pub coordinator: Option<Option<StaffProfile>>,
}

impl ProfileChange {
    /// Whether nothing is to be changed.
    pub const fn is_empty(&self) -> bool {
        self.student.is_none() && self.supervisor.is_none() && self.coordinator.is_none()
    }
}

/// The profile after a change, by somebody with `roles`. What is wrong is added to the broken rules, and stays as it was.
pub(in crate::identity) async fn apply(
    placement: &mut dyn PlacementReader,
    before: &Profile,
    change: &ProfileChange,
    (roles, body): (&[Role], Body),
    broken: &mut BrokenRules,
) -> Result<Profile, IdentityError> {
    let mut after = before.clone();
    if let Some(student) = &change.student {
        let checked = student.clone().map(StudentProfile::checked);
        put(&mut after.student, checked, (Section::Student, body), broken);
        let named = after.student.as_ref().and_then(|student| student.programme_id);
        if !known(placement, before, named).await? {
            broken.push(wrong(Section::Student, ProfileProblem::ProgrammeUnknown, body));
        }
    }
    for (section, given, place) in [
        (Section::Supervisor, &change.supervisor, &mut after.supervisor),
        (Section::Coordinator, &change.coordinator, &mut after.coordinator),
    ] {
        if let Some(staff) = given {
            let checked = staff.clone().map(StaffProfile::checked);
            put(place, checked, (section, body), broken);
        }
    }
    if let Some(section) = misplaced(before, &after, roles) {
        broken.push(wrong(section, ProfileProblem::Misplaced, body));
    }
    Ok(after)
}

/// The first section that changes and belongs to none of the roles.
fn misplaced(before: &Profile, after: &Profile, roles: &[Role]) -> Option<Section> {
    let changes = |section: &Section| match section {
        Section::Student => before.student != after.student,
        Section::Supervisor => before.supervisor != after.supervisor,
        Section::Coordinator => before.coordinator != after.coordinator,
    };
    let belongs = |section| roles.iter().any(|role| Section::of(*role) == Some(section));
    Section::ALL
        .into_iter()
        .filter(changes)
        .find(|section| !belongs(*section))
}

const fn wrong(section: Section, problem: ProfileProblem, body: Body) -> ProfileViolation {
    ProfileViolation {
        section,
        problem,
        body,
    }
}

/// Puts a section in its place, unless something is wrong with it.
fn put<T>(
    place: &mut Option<T>,
    checked: Option<Result<T, Vec<ProfileError>>>,
    (section, body): (Section, Body),
    broken: &mut BrokenRules,
) {
    match checked.transpose() {
        Ok(section) => *place = section,
        Err(errors) => {
            let told = errors.into_iter().map(ProfileProblem::Refused);
            broken.extend(told.map(|problem| wrong(section, problem, body)));
        }
    }
}

/// Whether the institution has the programme; the one that stands there already counts.
async fn known(
    placement: &mut dyn PlacementReader,
    before: &Profile,
    named: Option<ProgrammeId>,
) -> Result<bool, IdentityError> {
    let stands = before.student.as_ref().and_then(|student| student.programme_id);
    match named {
        Some(programme) if stands != named => Ok(placement.programme(programme).await?.is_some()),
        Some(_) | None => Ok(true),
    }
}
