//! What institutions keep of the person beside the roles.
//!
//! Sensitive particulars are sealed in the database, and a copy may lie in the store for a week: it tells which are kept, and
//! not what they say.

use ipt_domain::{
    id::TenantId,
    identity::{
        personal::PersonalField,
        profile::{Profile, StaffProfile, StudentProfile},
    },
};
use serde_json::{Value, json};

use super::{super::build::BuildError, Contents};

/// Writes those of these institutions.
pub(super) async fn write(contents: &mut Contents<'_>, tenants: &[TenantId]) -> Result<(), BuildError> {
    let user = contents.user();
    let mut found = Vec::new();
    let mut reader = contents.reader().await?;
    for tenant in tenants {
        let profile = reader.profiles().profile(*tenant, user).await?;
        let particulars = reader.profiles().particulars(*tenant, user).await?;
        let kept: Vec<_> = particulars.into_keys().map(PersonalField::as_str).collect();
        if profile.is_some() || !kept.is_empty() {
            found.push(of_profile(*tenant, profile.as_ref(), &kept));
        }
    }
    drop(reader);
    contents.json("profiles.json", &found.into()).await
}

fn of_profile(tenant: TenantId, profile: Option<&Profile>, kept: &[&str]) -> Value {
    json!({
        "tenant_id": tenant,
        "student": profile.and_then(|profile| profile.student.as_ref()).map(of_student),
        "supervisor": profile.and_then(|profile| profile.supervisor.as_ref()).map(of_staff),
        "coordinator": profile.and_then(|profile| profile.coordinator.as_ref()).map(of_staff),
        "particulars_kept": kept,
    })
}

fn of_student(student: &StudentProfile) -> Value {
    json!({
        "registration_number": student.registration_number,
        "programme_id": student.programme_id,
        "year_of_study": student.year_of_study,
        "grade_average": student.grade_average.map(|average| average.to_string()),
    })
}

fn of_staff(staff: &StaffProfile) -> Value {
    json!({ "title": staff.title, "department": staff.department, "expertise": staff.expertise })
}
