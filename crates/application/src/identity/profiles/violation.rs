//! The rules about profiles and particulars that a request can break.

use ipt_domain::{
    error::Violation,
    identity::{
        personal::{PersonalError, PersonalField},
        profile::{ProfileError, Section},
    },
};

use ipt_ports::{Constraint, RepositoryError};

use crate::{identity::IdentityError, rules::BrokenRules};

/// The body in which a profile came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The profile itself.
    Profile,
    /// A person's, of which the profile is a field.
    Person,
}

/// One broken rule about a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct ProfileViolation {
    /// The section.
    pub section: Section,
    /// What is wrong there.
    pub problem: ProfileProblem,
    /// Where it was sent.
    pub body: Body,
}

/// What is wrong with a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileProblem {
    /// Particulars are refused.
    #[error(transparent)]
    Refused(ProfileError),
    /// The person has no role with such particulars here.
    #[error("this person has no role here to which these particulars belong")]
    Misplaced,
    /// The institution has no such programme.
    #[error("there is no such programme here")]
    ProgrammeUnknown,
    /// Another student of the institution has this number.
    #[error("another student here has this registration number")]
    RegistrationNumberTaken,
}

/// The pointer of a field, in a profile and in a person.
macro_rules! pointer {
    ($body:expr, $path:literal) => {
        match $body {
            Body::Profile => $path,
            Body::Person => concat!("/profile", $path),
        }
    };
}

/// A number that another student has, which the database alone can tell for certain, is a broken rule.
pub(in crate::identity) fn number_taken(error: IdentityError, body: Body) -> IdentityError {
    match error {
        IdentityError::Repository(RepositoryError::Conflict(Constraint::RegistrationNumber)) => {
            BrokenRules::one(ProfileViolation {
                section: Section::Student,
                problem: ProfileProblem::RegistrationNumberTaken,
                body,
            })
            .into()
        }
        other => other,
    }
}

impl ProfileViolation {
    const fn field(&self) -> &'static str {
        match &self.problem {
            ProfileProblem::Refused(error) => error.field(),
            ProfileProblem::Misplaced => "",
            ProfileProblem::ProgrammeUnknown => "programme_id",
            ProfileProblem::RegistrationNumberTaken => "registration_number",
        }
    }
}

impl Violation for ProfileViolation {
    fn code(&self) -> &'static str {
        match &self.problem {
            ProfileProblem::Refused(error) => error.code(),
            ProfileProblem::Misplaced => "profile_misplaced",
            ProfileProblem::ProgrammeUnknown => "programme_unknown",
            ProfileProblem::RegistrationNumberTaken => "registration_number_taken",
        }
    }

    fn pointer(&self) -> &'static str {
        let body = self.body;
        match (self.section, self.field()) {
            (Section::Student, "registration_number") => pointer!(body, "/student/registration_number"),
            (Section::Student, "programme_id") => pointer!(body, "/student/programme_id"),
            (Section::Student, "year_of_study") => pointer!(body, "/student/year_of_study"),
            (Section::Student, _) => pointer!(body, "/student"),
            (Section::Supervisor, "title") => pointer!(body, "/supervisor/title"),
            (Section::Supervisor, "department") => pointer!(body, "/supervisor/department"),
            (Section::Supervisor, "expertise") => pointer!(body, "/supervisor/expertise"),
            (Section::Supervisor, _) => pointer!(body, "/supervisor"),
            (Section::Coordinator, "title") => pointer!(body, "/coordinator/title"),
            (Section::Coordinator, "department") => pointer!(body, "/coordinator/department"),
            (Section::Coordinator, "expertise") => pointer!(body, "/coordinator/expertise"),
            (Section::Coordinator, _) => pointer!(body, "/coordinator"),
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(self.problem, ProfileProblem::RegistrationNumberTaken)
    }
}

/// One broken rule about sensitive particulars. What was sent is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct ParticularViolation {
    /// The field.
    pub field: PersonalField,
    /// What is wrong there.
    pub error: PersonalError,
}

impl Violation for ParticularViolation {
    fn code(&self) -> &'static str {
        self.error.code()
    }

    fn pointer(&self) -> &'static str {
        match self.field {
            PersonalField::Phone => "/phone",
            PersonalField::NationalId => "/national_id",
            PersonalField::BirthDate => "/birth_date",
            PersonalField::HealthNotes => "/health_notes",
        }
    }
}
