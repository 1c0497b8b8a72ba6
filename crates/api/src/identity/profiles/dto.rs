//! Profiles and particulars, as they go over the wire.

use std::collections::BTreeMap;

use ipt_application::identity::profiles::{ProfileChange, particulars::Particulars};
use ipt_domain::{
    id::{ProgrammeId, UserId},
    identity::{
        personal::PersonalField,
        profile::{GradeAverage, Profile, StaffProfile, StudentProfile},
    },
};
use ipt_ports::identity::OpenError;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Number;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Nullable, nullable};

/// A grade average: a number from 0 to 100 with at most two decimals.
#[derive(Clone, Copy)]
pub(super) struct Average(GradeAverage);

impl<'de> Deserialize<'de> for Average {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        let read = GradeAverage::parse(&number.to_string());
        read.map(Self)
            .ok_or_else(|| D::Error::custom("a grade average is 0 to 100, with at most two decimals"))
    }
}

impl Serialize for Average {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0.hundredths()) / 100.0)
    }
}

/// A student's particulars, which the institution keeps.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StudentSection {
    /// The number under which the institution has the student, once in each.
    #[serde(default)]
    #[schema(example = "2026-04-01234")]
    registration_number: Option<String>,
    #[serde(default)]
    programme_id: Option<Uuid>,
    /// The year of study.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10)]
    year_of_study: Option<u8>,
    /// On whatever scale the institution has, with at most two decimals.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, example = 3.75)]
    grade_average: Option<Average>,
}

/// The particulars of somebody who looks after students.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffSection {
    /// The title or position.
    #[serde(default)]
    #[schema(example = "Senior Lecturer")]
    title: Option<String>,
    #[serde(default)]
    department: Option<String>,
    /// Fields of expertise, at most 20.
    #[serde(default)]
    expertise: Vec<String>,
}

impl From<StudentSection> for StudentProfile {
    fn from(section: StudentSection) -> Self {
        Self {
            registration_number: section.registration_number,
            programme_id: section.programme_id.map(ProgrammeId::new),
            year_of_study: section.year_of_study,
            grade_average: section.grade_average.map(|average| average.0),
        }
    }
}

impl From<StudentProfile> for StudentSection {
    fn from(student: StudentProfile) -> Self {
        Self {
            registration_number: student.registration_number,
            programme_id: student.programme_id.map(ProgrammeId::uuid),
            year_of_study: student.year_of_study,
            grade_average: student.grade_average.map(Average),
        }
    }
}

impl From<StaffSection> for StaffProfile {
    fn from(section: StaffSection) -> Self {
        let StaffSection {
            title,
            department,
            expertise,
        } = section;
        Self {
            title,
            department,
            expertise,
        }
    }
}

impl From<StaffProfile> for StaffSection {
    fn from(staff: StaffProfile) -> Self {
        let StaffProfile {
            title,
            department,
            expertise,
        } = staff;
        Self {
            title,
            department,
            expertise,
        }
    }
}

/// What an institution keeps of a person besides the roles: a section for each kind of role.
#[derive(Serialize, ToSchema)]
#[schema(as = Profile)]
pub(super) struct ProfileDto {
    user_id: Uuid,
    student: Option<StudentSection>,
    supervisor: Option<StaffSection>,
    coordinator: Option<StaffSection>,
    /// The person's.
    version: u32,
}

impl ProfileDto {
    pub(super) fn of(profile: Profile, version: u32) -> Self {
        Self {
            user_id: profile.user_id.uuid(),
            student: profile.student.map(StudentSection::from),
            supervisor: profile.supervisor.map(StaffSection::from),
            coordinator: profile.coordinator.map(StaffSection::from),
            version,
        }
    }
}

/// A change of a profile: a section that is left out stays, one that is null goes, one that is given takes the place of the one
/// before.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::identity) struct ProfileBody {
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<StudentSection>)]
    student: Nullable<StudentSection>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<StaffSection>)]
    supervisor: Nullable<StaffSection>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<StaffSection>)]
    coordinator: Nullable<StaffSection>,
}

impl From<ProfileBody> for ProfileChange {
    fn from(body: ProfileBody) -> Self {
        let staff = |section: Nullable<StaffSection>| section.map(|section| section.map(StaffProfile::from));
        Self {
            student: body.student.map(|section| section.map(StudentProfile::from)),
            supervisor: staff(body.supervisor),
            coordinator: staff(body.coordinator),
        }
    }
}

/// Why a value that is kept cannot be shown.
#[derive(Serialize, ToSchema)]
pub(super) struct Unreadable {
    #[schema(example = "national_id")]
    field: &'static str,
    /// `encryption_key_missing`: the operator has to bring the key back; `sealed_value_damaged`: it was changed.
    #[schema(example = "encryption_key_missing")]
    code: &'static str,
    detail: String,
}

/// Sensitive particulars. They are encrypted wherever they are stored.
#[derive(Serialize, ToSchema)]
#[schema(as = Particulars)]
pub(super) struct ParticularsDto {
    user_id: Uuid,
    #[schema(example = "+255222400500")]
    phone: Option<String>,
    national_id: Option<String>,
    #[schema(format = Date, example = "2004-02-29")]
    birth_date: Option<String>,
    /// What a host must know in an emergency.
    health_notes: Option<String>,
    /// What is kept and cannot be shown.
    unreadable: Vec<Unreadable>,
    /// The person's.
    version: u32,
}

impl ParticularsDto {
    pub(super) fn of(user: UserId, particulars: &Particulars) -> Self {
        let value = |field: PersonalField| {
            let known = particulars.known.get(&field);
            known.map(|value| value.expose_secret().to_owned())
        };
        Self {
            user_id: user.uuid(),
            phone: value(PersonalField::Phone),
            national_id: value(PersonalField::NationalId),
            birth_date: value(PersonalField::BirthDate),
            health_notes: value(PersonalField::HealthNotes),
            unreadable: unreadable(&particulars.unreadable),
            version: particulars.version.number(),
        }
    }
}

fn unreadable(errors: &BTreeMap<PersonalField, OpenError>) -> Vec<Unreadable> {
    let told = errors.iter().map(|(field, error)| Unreadable {
        field: field.as_str(),
        code: match error {
            OpenError::KeyMissing { .. } => "encryption_key_missing",
            OpenError::Damaged => "sealed_value_damaged",
        },
        detail: error.to_string(),
    });
    told.collect()
}
