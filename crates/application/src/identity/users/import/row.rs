//! One line of a file.

use ipt_domain::{
    error::Violation,
    id::{OrganisationId, ProgrammeId},
    identity::{
        profile::{GradeAverage, LAST_YEAR, StudentProfile},
        tenant_role::RoleName,
    },
};

use crate::rules::BrokenRules;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The mail address.
    Email,
    /// The full name.
    FullName,
    /// The roles, separated by spaces, commas, semicolons or bars.
    Roles,
    /// The organisation's id, for roles in one.
    OrganisationId,
    /// A student's registration number.
    RegistrationNumber,
    /// The code of a student's programme.
    Programme,
    /// A student's year of study.
    YearOfStudy,
    /// A student's grade average.
    GradeAverage,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 8] = [
        Self::Email,
        Self::FullName,
        Self::Roles,
        Self::OrganisationId,
        Self::RegistrationNumber,
        Self::Programme,
        Self::YearOfStudy,
        Self::GradeAverage,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::FullName => "full_name",
            Self::Roles => "roles",
            Self::OrganisationId => "organisation_id",
            Self::RegistrationNumber => "registration_number",
            Self::Programme => "programme",
            Self::YearOfStudy => "year_of_study",
            Self::GradeAverage => "grade_average",
        }
    }

    /// Other names that people give it.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["e_mail", "mail", "email_address", "mail_address"],
            Self::FullName => &["name", "fullname"],
            Self::Roles => &["role"],
            Self::OrganisationId => &["organization_id"],
            Self::RegistrationNumber => &["registration_no", "reg_no", "student_number", "student_id"],
            Self::Programme => &["program", "programme_code", "program_code"],
            Self::YearOfStudy => &["year"],
            Self::GradeAverage => &["average", "gpa"],
        }
    }

    /// Whether every file has it.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Email | Self::FullName | Self::Roles)
    }

    /// The column with this heading, without regard to case, and to what stands between words.
    pub fn headed(heading: &str) -> Option<Self> {
        let name: String = heading
            .trim()
            .chars()
            .map(|letter| {
                if letter.is_alphanumeric() {
                    letter.to_ascii_lowercase()
                } else {
                    '_'
                }
            })
            .collect();
        Self::ALL
            .into_iter()
            .find(|column| column.as_str() == name || column.aliases().contains(&name.as_str()))
    }

    /// The column from which the field at this pointer came.
    pub(super) fn at(pointer: &str) -> Option<Self> {
        let field = pointer.rsplit('/').next().unwrap_or_default();
        match field {
            "programme_id" => Some(Self::Programme),
            _ => Self::ALL.into_iter().find(|column| column.as_str() == field),
        }
    }

    const fn pointer(self) -> &'static str {
        match self {
            Self::Email => "/email",
            Self::FullName => "/full_name",
            Self::Roles => "/roles",
            Self::OrganisationId => "/organisation_id",
            Self::RegistrationNumber => "/registration_number",
            Self::Programme => "/programme_id",
            Self::YearOfStudy => "/year_of_study",
            Self::GradeAverage => "/grade_average",
        }
    }
}

/// What is wrong with the texts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum RowViolation {
    /// An earlier line has it.
    #[error("an earlier line of the file has the same {}", .0.as_str())]
    Repeated(Column),
    /// A role's name can be none.
    #[error("a role is named by lower-case letters, digits and underscores")]
    Role,
    /// The organisation's id is none.
    #[error("an organisation is named by its id")]
    Organisation,
    /// There is no programme with this code.
    #[error("there is no programme with this code here")]
    ProgrammeUnknown,
    /// Not a year.
    #[error("a year of study is 1 to {LAST_YEAR}")]
    Year,
    /// Not an average.
    #[error("a grade average is 0 to 100, with at most two decimals")]
    Average,
}

impl Violation for RowViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Repeated(_) => "duplicate_line",
            Self::Role => "role_unknown",
            Self::Organisation => "organisation_unknown",
            Self::ProgrammeUnknown => "programme_unknown",
            Self::Year => "year_of_study_out_of_range",
            Self::Average => "invalid_value",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Repeated(column) => column.pointer(),
            Self::Role => Column::Roles.pointer(),
            Self::Organisation => Column::OrganisationId.pointer(),
            Self::ProgrammeUnknown => Column::Programme.pointer(),
            Self::Year => Column::YearOfStudy.pointer(),
            Self::Average => Column::GradeAverage.pointer(),
        }
    }
}

/// The texts of a line, by their columns. An empty text says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    texts: Vec<(Column, String)>,
}

/// What the texts of a line stand for.
#[derive(Default)]
pub(super) struct Given {
    pub(super) roles: Vec<RoleName>,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) year: Option<u8>,
    pub(super) average: Option<GradeAverage>,
}

impl Row {
    /// A line with these texts.
    pub fn new(texts: impl IntoIterator<Item = (Column, String)>) -> Self {
        Self {
            texts: texts.into_iter().collect(),
        }
    }

    /// The text in a column, trimmed; empty where there is none.
    pub(super) fn text(&self, column: Column) -> &str {
        let found = self.texts.iter().find(|(own, _)| *own == column);
        found.map_or("", |(_, text)| text.trim())
    }

    /// What the texts stand for. What stands for nothing is added to the broken rules.
    pub(super) fn parsed(&self, broken: &mut BrokenRules) -> Given {
        let mut given = Given::default();
        let roles = self.text(Column::Roles);
        for name in roles.split([' ', ',', ';', '|']).filter(|name| !name.is_empty()) {
            match RoleName::parse(name) {
                Ok(role) => given.roles.push(role),
                Err(_) => broken.push(RowViolation::Role),
            }
        }
        given.organisation = self.value(
            Column::OrganisationId,
            RowViolation::Organisation,
            broken,
            |text| text.parse().ok(),
        );
        given.year = self.value(Column::YearOfStudy, RowViolation::Year, broken, |text| {
            let year = text.parse().ok();
            year.filter(|year| (1..=LAST_YEAR).contains(year))
        });
        given.average = self.value(
            Column::GradeAverage,
            RowViolation::Average,
            broken,
            GradeAverage::parse,
        );
        given
    }

    fn value<T>(
        &self,
        column: Column,
        wrong: RowViolation,
        broken: &mut BrokenRules,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            broken.push(wrong);
        }
        value
    }

    /// Whether the line says anything of a student.
    pub(super) fn tells_of_student(&self) -> bool {
        [
            Column::RegistrationNumber,
            Column::Programme,
            Column::YearOfStudy,
            Column::GradeAverage,
        ]
        .into_iter()
        .any(|column| !self.text(column).is_empty())
    }

    /// A student's particulars with what the line says of them.
    pub(super) fn student(
        &self,
        before: &StudentProfile,
        given: &Given,
        programme: Option<ProgrammeId>,
    ) -> StudentProfile {
        let number = self.text(Column::RegistrationNumber);
        StudentProfile {
            registration_number: if number.is_empty() {
                before.registration_number.clone()
            } else {
                Some(number.to_owned())
            },
            programme_id: programme.or(before.programme_id),
            year_of_study: given.year.or(before.year_of_study),
            grade_average: given.average.or(before.grade_average),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_by_any_of_its_names() {
        for (heading, column) in [
            ("email", Column::Email),
            (" E-Mail ", Column::Email),
            ("Full Name", Column::FullName),
            ("ROLE", Column::Roles),
            ("Reg No", Column::RegistrationNumber),
            ("GPA", Column::GradeAverage),
        ] {
            assert_eq!(Column::headed(heading), Some(column), "{heading}");
        }
        assert_eq!(Column::headed("password"), None);
    }

    #[test]
    fn what_stands_for_nothing_is_told_all_together() {
        let row = Row::new([
            (Column::Roles, "student|Bad Role!".to_owned()),
            (Column::YearOfStudy, "third".to_owned()),
            (Column::GradeAverage, "3,75".to_owned()),
            (Column::OrganisationId, "kilima".to_owned()),
        ]);
        let mut broken = BrokenRules::default();
        let given = row.parsed(&mut broken);
        assert_eq!(given.average, GradeAverage::parse("3.75"));
        let codes: Vec<_> = broken.iter().map(Violation::code).collect();
        assert_eq!(
            codes,
            [
                "role_unknown",
                "role_unknown",
                "organisation_unknown",
                "year_of_study_out_of_range"
            ]
        );
    }
}
