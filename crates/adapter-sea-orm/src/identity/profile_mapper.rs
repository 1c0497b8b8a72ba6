//! Between rows and what institutions keep of their people.

use ipt_domain::{
    id::{ProgrammeId, TenantId, UserId},
    identity::{
        personal::PersonalField,
        profile::{GradeAverage, Profile, StaffProfile, StudentProfile},
    },
};
use ipt_ports::{
    RepositoryError,
    identity::{KeyId, Place, Sealed},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{particular_row, profile_row};
use crate::{
    cells::{Cells, to_json},
    fold::folded,
};

const PROFILE: &str = "profile";

/// A section of somebody who looks after students, as it is kept.
#[derive(Serialize, Deserialize)]
struct StaffCell {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    department: Option<String>,
    #[serde(default)]
    expertise: Vec<String>,
}

/// A profile.
pub(super) fn profile(row: profile_row::Model) -> Result<Profile, RepositoryError> {
    let cells = Cells::of(PROFILE, row.user_id);
    let year = row.year_of_study.map(u8::try_from).transpose();
    let average = row
        .grade_average
        .map(|stored| u16::try_from(stored).ok().and_then(GradeAverage::from_hundredths));
    let student = StudentProfile {
        registration_number: row.registration_number,
        programme_id: row.programme_id.map(ProgrammeId::new),
        year_of_study: year.map_err(|_| cells.damaged("year_of_study", "it is no year"))?,
        grade_average: match average {
            None => None,
            Some(known) => Some(known.ok_or_else(|| cells.damaged("grade_average", "it is no average"))?),
        },
    };
    Ok(Profile {
        tenant_id: TenantId::new(row.tenant_id),
        user_id: UserId::new(row.user_id),
        student: row.is_student.then_some(student),
        supervisor: staff(&cells, "supervisor", row.supervisor)?,
        coordinator: staff(&cells, "coordinator", row.coordinator)?,
    })
}

fn staff(
    cells: &Cells,
    column: &'static str,
    cell: Option<Value>,
) -> Result<Option<StaffProfile>, RepositoryError> {
    let Some(cell) = cell else {
        return Ok(None);
    };
    let StaffCell {
        title,
        department,
        expertise,
    } = cells.json(column, cell)?;
    Ok(Some(StaffProfile {
        title,
        department,
        expertise,
    }))
}

fn staff_cell(staff: Option<&StaffProfile>) -> Result<Option<Value>, RepositoryError> {
    let cell = |staff: &StaffProfile| StaffCell {
        title: staff.title.clone(),
        department: staff.department.clone(),
        expertise: staff.expertise.clone(),
    };
    staff.map(|staff| to_json(&cell(staff))).transpose()
}

/// The row of a profile.
pub(super) fn profile_row(profile: &Profile) -> Result<profile_row::Model, RepositoryError> {
    let student = profile.student.clone().unwrap_or_default();
    Ok(profile_row::Model {
        tenant_id: profile.tenant_id.uuid(),
        user_id: profile.user_id.uuid(),
        registration_folded: student.registration_number.as_deref().map(folded),
        registration_number: student.registration_number,
        programme_id: student.programme_id.map(ProgrammeId::uuid),
        year_of_study: student.year_of_study.map(i32::from),
        grade_average: student
            .grade_average
            .map(|average| i32::from(average.hundredths())),
        is_student: profile.student.is_some(),
        supervisor: staff_cell(profile.supervisor.as_ref())?,
        coordinator: staff_cell(profile.coordinator.as_ref())?,
    })
}

/// A sealed value with its place; none for a field that this version does not know.
pub(super) fn particular(row: particular_row::Model) -> Option<(Place, Sealed)> {
    let place = Place {
        tenant_id: TenantId::new(row.tenant_id),
        user_id: UserId::new(row.user_id),
        field: PersonalField::from_name(&row.field)?,
    };
    let sealed = Sealed {
        key_id: KeyId::new(row.key_id),
        text: row.sealed,
    };
    Some((place, sealed))
}

/// The row of a sealed value.
pub(super) fn particular_row(place: Place, sealed: &Sealed) -> particular_row::Model {
    particular_row::Model {
        tenant_id: place.tenant_id.uuid(),
        user_id: place.user_id.uuid(),
        field: place.field.as_str().to_owned(),
        key_id: sealed.key_id.as_str().to_owned(),
        sealed: sealed.text.clone(),
    }
}
