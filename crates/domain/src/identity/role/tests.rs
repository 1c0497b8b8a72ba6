use super::*;

/// Who holds what: S student, I and U the supervisors, O the organisation's administrator, C coordinator, T the
/// institution's administrator, X the deployment's.
const GRID: &[(P, &str)] = &[
    (P::LogbookWrite, "S"),
    (P::LogbookReadOwn, "S"),
    (P::LogbookReviewIndustry, "I"),
    (P::LogbookReviewAcademic, "U"),
    (P::LogbookCoordinate, "CT"),
    (P::PlacementRead, "SIUCT"),
    (P::PlacementPropose, "SCT"),
    (P::PlacementCoordinate, "CT"),
    (P::ProgrammeRead, "SIUOCT"),
    (P::ProgrammeManage, "CT"),
    (P::OrganisationRead, "SIUOCT"),
    (P::OrganisationManage, "OCT"),
    (P::OrganisationVerify, "CT"),
    (P::SiteManage, "OCT"),
    (P::VacancyRead, "SIUOCT"),
    (P::VacancyManage, "OCT"),
    (P::ApplicationWrite, "S"),
    (P::ApplicationDecide, "OCT"),
    (P::UserRead, "CT"),
    (P::UserManage, "CT"),
    (P::UserManageInOrganisation, "OCT"),
    (P::UserReadPersonal, "CT"),
    (P::TenantRead, "SIUOCT"),
    (P::TenantManage, "T"),
    (P::TenantManageAll, "X"),
    (P::AuditRead, "TX"),
    (P::JobManage, "TX"),
    (P::InsightCoordinator, "CT"),
    (P::InsightSupervisor, "IU"),
    (P::InsightStudent, "S"),
    (P::NotificationOwn, "SIUOCTX"),
];

const LETTERS: [(char, Role); 7] = [
    ('S', Role::Student),
    ('I', Role::IndustrialSupervisor),
    ('U', Role::UniversitySupervisor),
    ('O', Role::OrganisationAdmin),
    ('C', Role::Coordinator),
    ('T', Role::TenantAdmin),
    ('X', Role::Superadmin),
];

#[test]
fn each_role_permits_what_the_grid_says_and_nothing_else() {
    assert_eq!(
        GRID.iter().map(|(permission, _)| *permission).collect::<Vec<_>>(),
        P::ALL
    );
    for (permission, holders) in GRID {
        for (letter, role) in LETTERS {
            let holds = role.permissions().contains(*permission);
            assert_eq!(holds, holders.contains(letter), "{role} and {permission}");
        }
    }
}

#[test]
fn an_administrator_can_do_all_that_a_coordinator_can() {
    assert!(
        Role::TenantAdmin
            .permissions()
            .contains_all(Role::Coordinator.permissions())
    );
}

#[test]
fn a_superadmin_reaches_into_no_institution_before_entering_it() {
    let outside = Role::Superadmin.permissions();
    for permission in [
        P::UserRead,
        P::PlacementRead,
        P::LogbookCoordinate,
        P::TenantManage,
        P::InsightCoordinator,
    ] {
        assert!(!outside.contains(permission), "{permission}");
    }
    assert_eq!(
        Role::Superadmin.permissions_when_entered(),
        Role::TenantAdmin.permissions()
    );
}

#[test]
fn nobody_else_enters_an_institution() {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Superadmin) {
        assert!(role.permissions_when_entered().is_empty(), "{role}");
    }
}

#[test]
fn nobody_but_a_superadmin_makes_a_superadmin() {
    for role in Role::ALL {
        assert_eq!(
            role.may_grant().contains(&Role::Superadmin),
            role == Role::Superadmin,
            "{role}"
        );
    }
}

#[test]
fn nobody_gives_a_role_that_permits_more_than_their_own_and_those_below() {
    let grants: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| (role, role.may_grant().len()))
        .collect();
    let expected = [0, 0, 0, 2, 5, 6, 7];
    assert_eq!(grants, Role::ALL.into_iter().zip(expected).collect::<Vec<_>>());
    assert!(!Role::Coordinator.may_grant().contains(&Role::TenantAdmin));
    assert_eq!(
        Role::OrganisationAdmin.may_grant(),
        [Role::IndustrialSupervisor, Role::OrganisationAdmin]
    );
}

#[test]
fn industry_s_roles_are_held_in_an_organisation() {
    let in_organisation: Vec<_> = Role::ALL
        .into_iter()
        .filter(|role| role.needs_organisation())
        .collect();
    assert_eq!(
        in_organisation,
        [Role::IndustrialSupervisor, Role::OrganisationAdmin]
    );
}

#[test]
fn each_role_is_found_by_its_name_and_no_other() {
    for role in Role::ALL {
        assert_eq!(Role::from_name(role.as_str()), Some(role));
    }
    assert_eq!(Role::from_name("admin"), None);
}

#[test]
fn two_roles_permit_what_either_does() {
    let both = Role::permissions_of([Role::IndustrialSupervisor, Role::UniversitySupervisor]);
    assert!(both.contains(P::LogbookReviewIndustry) && both.contains(P::LogbookReviewAcademic));
    assert!(Role::permissions_of([]).is_empty());
}
