//! Tests of particulars.

use uuid::Uuid;

use super::*;

#[test]
fn an_average_has_at_most_two_decimals_and_no_more_than_a_hundred() {
    for (text, hundredths) in [
        ("0", 0),
        ("3.5", 350),
        ("14,25", 1_425),
        (" 100.00 ", 10_000),
        ("7.05", 705),
    ] {
        assert_eq!(
            GradeAverage::parse(text).map(GradeAverage::hundredths),
            Some(hundredths),
            "{text}"
        );
    }
    for text in [
        "656",
        "999.99",
        "",
        "-1",
        "100.01",
        "1.234",
        "1.",
        ".5",
        "1e2",
        "١",
        "9999999999",
        "3.5.1",
    ] {
        assert_eq!(GradeAverage::parse(text), None, "{text}");
    }
    assert_eq!(GradeAverage::parse("3.5").unwrap().to_string(), "3.50");
}

#[test]
fn a_students_particulars_are_put_in_order_or_refused_all_together() {
    let given = StudentProfile {
        registration_number: Some("  2026-04-1234 ".to_owned()),
        year_of_study: Some(3),
        ..StudentProfile::default()
    };
    assert_eq!(
        given.checked().unwrap().registration_number.as_deref(),
        Some("2026-04-1234")
    );
    let nothing = StudentProfile {
        registration_number: Some("   ".to_owned()),
        ..StudentProfile::default()
    };
    assert_eq!(nothing.checked().unwrap(), StudentProfile::default());
    let wrong = StudentProfile {
        registration_number: Some("a\u{202E}b".to_owned()),
        year_of_study: Some(11),
        ..StudentProfile::default()
    };
    let codes: Vec<_> = wrong
        .checked()
        .unwrap_err()
        .iter()
        .map(|error| (error.field(), error.code()))
        .collect();
    assert_eq!(
        codes,
        [
            ("registration_number", "text_characters"),
            ("year_of_study", "year_of_study_out_of_range")
        ]
    );
}

#[test]
fn expertise_is_kept_once_each_and_bounded() {
    let fields = |many: usize| {
        (0..many)
            .map(|number| format!("field {number}"))
            .collect::<Vec<_>>()
    };
    let twice = StaffProfile {
        expertise: [fields(2), fields(2)].concat(),
        ..StaffProfile::default()
    };
    assert_eq!(twice.checked().unwrap().expertise, fields(2));
    let many = StaffProfile {
        expertise: fields(MAX_EXPERTISE + 1),
        ..StaffProfile::default()
    };
    assert_eq!(many.checked().unwrap_err(), [ProfileError::Expertise]);
}

#[test]
fn each_section_belongs_to_its_roles() {
    let (tenant, user) = (TenantId::new(Uuid::from_u128(1)), UserId::new(Uuid::from_u128(2)));
    let profile = Profile {
        student: Some(StudentProfile::default()),
        supervisor: Some(StaffProfile::default()),
        ..Profile::empty(tenant, user)
    };
    let seen = |roles: &[Role]| {
        let seen = profile.clone().of_roles(roles);
        (
            seen.student.is_some(),
            seen.supervisor.is_some(),
            seen.coordinator.is_some(),
        )
    };
    assert_eq!(seen(&[Role::IndustrialSupervisor]), (false, true, false));
    assert_eq!(
        seen(&[Role::Student, Role::UniversitySupervisor]),
        (true, true, false)
    );
    assert_eq!(seen(&[Role::Coordinator]), (false, false, false));
    for role in Role::ALL {
        let own = Section::of(role);
        let has = !matches!(role, Role::OrganisationAdmin | Role::Superadmin);
        assert_eq!(own.is_some(), has, "{role}");
    }
}
