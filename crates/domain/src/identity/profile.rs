//! What an institution keeps of a person besides the roles: one section for each kind of role.
//!
//! A role of a later context brings a further [`Section`].

use std::fmt;

use crate::{
    id::{ProgrammeId, TenantId, UserId},
    identity::role::Role,
    text::{self, TextError},
};

/// The longest registration number, title or department, in characters as the reader sees them.
pub const MAX_PARTICULAR: usize = 80;
/// The most fields of expertise.
pub const MAX_EXPERTISE: usize = 20;
/// The last year of study that there is.
pub const LAST_YEAR: u8 = 10;

/// A kind of role that has particulars of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Of a student.
    Student,
    /// Of a supervisor, of industry or of the university.
    Supervisor,
    /// Of a coordinator or an institution's administrator.
    Coordinator,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Self; 3] = [Self::Student, Self::Supervisor, Self::Coordinator];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Supervisor => "supervisor",
            Self::Coordinator => "coordinator",
        }
    }

    /// The section that belongs to a role; none for a role without particulars.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Student => Some(Self::Student),
            Role::IndustrialSupervisor | Role::UniversitySupervisor => Some(Self::Supervisor),
            Role::Coordinator | Role::TenantAdmin => Some(Self::Coordinator),
            Role::OrganisationAdmin | Role::Superadmin => None,
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A grade average from 0 to 100, on whatever scale the institution has, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GradeAverage(u16);

impl GradeAverage {
    /// The largest, in hundredths.
    const LARGEST: u16 = 10_000;

    /// An average in hundredths; none above 100.
    pub const fn from_hundredths(hundredths: u16) -> Option<Self> {
        if hundredths <= Self::LARGEST {
            Some(Self(hundredths))
        } else {
            None
        }
    }

    /// An average as people write it: `3.75`, with at most two decimals, after a point or a comma.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = match text.trim().split_once(['.', ',']) {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text.trim(), ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !(1..=3).contains(&whole.len()) || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
            return None;
        }
        let hundredths: u16 = format!("{decimals:0<2}").parse().ok()?;
        let whole: u16 = whole.parse().ok()?;
        Self::from_hundredths(whole.checked_mul(100)?.checked_add(hundredths)?)
    }

    /// The average in hundredths.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for GradeAverage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Why particulars are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A text cannot stand there.
    #[error("{error}")]
    Text {
        /// Why.
        error: TextError,
        /// The field, after the section.
        field: &'static str,
    },
    /// There is no such year of study.
    #[error("a year of study is 1 to {LAST_YEAR}")]
    YearOfStudy,
    /// Too many fields of expertise.
    #[error("at most {MAX_EXPERTISE} fields of expertise are kept")]
    Expertise,
}

impl ProfileError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text { error, .. } => error.code(),
            Self::YearOfStudy => "year_of_study_out_of_range",
            Self::Expertise => "too_many_fields_of_expertise",
        }
    }

    /// The field, after the section.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Text { field, .. } => field,
            Self::YearOfStudy => "year_of_study",
            Self::Expertise => "expertise",
        }
    }
}

/// A text of one line, or none where nothing is written.
fn particular(text: Option<&str>, field: &'static str) -> Result<Option<String>, ProfileError> {
    match text.map(|text| text::name(text, MAX_PARTICULAR)) {
        None | Some(Err(TextError::Empty)) => Ok(None),
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(error)) => Err(ProfileError::Text { error, field }),
    }
}

/// A student's particulars, which the institution keeps: eligibility hangs on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudentProfile {
    /// The number under which the institution has the student, once in each.
    pub registration_number: Option<String>,
    /// The programme.
    pub programme_id: Option<ProgrammeId>,
    /// The year of study, 1 to [`LAST_YEAR`].
    pub year_of_study: Option<u8>,
    /// The grade average.
    pub grade_average: Option<GradeAverage>,
}

impl StudentProfile {
    /// Particulars with their texts in order.
    ///
    /// # Errors
    /// Every rule that is broken.
    pub fn checked(self) -> Result<Self, Vec<ProfileError>> {
        let number = particular(self.registration_number.as_deref(), "registration_number");
        let mut broken: Vec<_> = number.as_ref().err().copied().into_iter().collect();
        if self
            .year_of_study
            .is_some_and(|year| !(1..=LAST_YEAR).contains(&year))
        {
            broken.push(ProfileError::YearOfStudy);
        }
        match number {
            Ok(registration_number) if broken.is_empty() => Ok(Self {
                registration_number,
                ..self
            }),
            Ok(_) | Err(_) => Err(broken),
        }
    }
}

/// The particulars of somebody who looks after students.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffProfile {
    /// The title or position: “Senior Lecturer”, “Site Engineer”.
    pub title: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// Fields of expertise, each once, in the order given.
    pub expertise: Vec<String>,
}

impl StaffProfile {
    /// Particulars with their texts in order.
    ///
    /// # Errors
    /// Every rule that is broken.
    pub fn checked(self) -> Result<Self, Vec<ProfileError>> {
        let mut broken = Vec::new();
        let mut keep = |text: Option<&str>, field| {
            particular(text, field).unwrap_or_else(|error| {
                broken.push(error);
                None
            })
        };
        let title = keep(self.title.as_deref(), "title");
        let department = keep(self.department.as_deref(), "department");
        let mut expertise: Vec<String> = Vec::new();
        for field in self
            .expertise
            .iter()
            .filter_map(|field| keep(Some(field), "expertise"))
        {
            if !expertise.contains(&field) {
                expertise.push(field);
            }
        }
        if expertise.len() > MAX_EXPERTISE {
            broken.push(ProfileError::Expertise);
        }
        if broken.is_empty() {
            Ok(Self {
                title,
                department,
                expertise,
            })
        } else {
            Err(broken)
        }
    }
}

/// What an institution keeps of one of its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The institution.
    pub tenant_id: TenantId,
    /// The person.
    pub user_id: UserId,
    /// As a student.
    pub student: Option<StudentProfile>,
    /// As a supervisor.
    pub supervisor: Option<StaffProfile>,
    /// As a coordinator or administrator.
    pub coordinator: Option<StaffProfile>,
}

impl Profile {
    /// A profile in which nothing stands yet.
    pub const fn empty(tenant_id: TenantId, user_id: UserId) -> Self {
        Self {
            tenant_id,
            user_id,
            student: None,
            supervisor: None,
            coordinator: None,
        }
    }

    /// What of it belongs to these roles.
    #[must_use]
    pub fn of_roles(self, roles: &[Role]) -> Self {
        let belongs = |section| roles.iter().any(|role| Section::of(*role) == Some(section));
        Self {
            student: self.student.filter(|_| belongs(Section::Student)),
            supervisor: self.supervisor.filter(|_| belongs(Section::Supervisor)),
            coordinator: self.coordinator.filter(|_| belongs(Section::Coordinator)),
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
