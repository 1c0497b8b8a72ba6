use uuid::Uuid;

use super::*;

fn person(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(number))
}

fn tenant() -> TenantId {
    TenantId::new(Uuid::from_u128(900))
}

fn holder(role: Role, organisation: Option<OrganisationId>) -> HeldRole {
    HeldRole::standard(role, organisation)
}

/// Person 2 is to have `after` instead of `before`, in an institution and, where one is given, an organisation.
fn change<'a>(before: &'a [Role], after: &'a [Role], organisation: Option<OrganisationId>) -> RoleChange<'a> {
    RoleChange {
        subject: person(2),
        tenant: Some(tenant()),
        organisation,
        before: Roles::standard(before),
        after: Roles::standard(after),
    }
}

#[test]
fn nobody_changes_the_own_roles_not_even_a_superadmin() {
    let granter = [holder(Role::Superadmin, None), holder(Role::TenantAdmin, None)];
    let upwards = change(
        &[Role::Coordinator],
        &[Role::Coordinator, Role::TenantAdmin],
        None,
    );
    let downwards = change(&[Role::Coordinator], &[], None);
    for own in [upwards, downwards] {
        assert_eq!(
            check_role_change(person(2), &granter, own),
            Err(RoleChangeRefusal::OwnRoles)
        );
        assert_eq!(check_role_change(person(1), &granter, own), Ok(()));
    }
}

#[test]
fn a_person_who_sends_the_own_roles_unchanged_changes_nothing() {
    let same = change(
        &[Role::Student, Role::Coordinator],
        &[Role::Coordinator, Role::Student],
        None,
    );
    assert_eq!(check_role_change(person(2), &[], same), Ok(()));
}

#[test]
fn a_coordinator_neither_makes_nor_unmakes_an_administrator() {
    let granter = [holder(Role::Coordinator, None)];
    let refused = Err(RoleChangeRefusal::NotGrantable {
        role: Role::TenantAdmin.into(),
    });
    let made = change(&[Role::Student], &[Role::Student, Role::TenantAdmin], None);
    let unmade = change(&[Role::TenantAdmin], &[Role::Coordinator], None);
    assert_eq!(check_role_change(person(1), &granter, made), refused);
    assert_eq!(check_role_change(person(1), &granter, unmade), refused);
}

#[test]
fn an_administrator_of_an_institution_makes_no_superadmin() {
    let granter = [holder(Role::TenantAdmin, None)];
    assert_eq!(
        check_role_change(person(1), &granter, change(&[], &[Role::Superadmin], None)),
        Err(RoleChangeRefusal::NotGrantable {
            role: Role::Superadmin.into()
        })
    );
}

#[test]
fn an_organisation_s_administrator_appoints_supervisors_there_and_nowhere_else() {
    let granter = [holder(Role::OrganisationAdmin, Some(organisation(7)))];
    let appointed = |place| change(&[], &[Role::IndustrialSupervisor], place);
    let refused = Err(RoleChangeRefusal::NotGrantable {
        role: Role::IndustrialSupervisor.into(),
    });
    assert_eq!(
        check_role_change(person(1), &granter, appointed(Some(organisation(7)))),
        Ok(())
    );
    assert_eq!(
        check_role_change(person(1), &granter, appointed(Some(organisation(8)))),
        refused
    );
    assert_eq!(check_role_change(person(1), &granter, appointed(None)), refused);
}

#[test]
fn an_administrator_of_no_organisation_has_nothing_to_give() {
    let granter = [holder(Role::OrganisationAdmin, None)];
    assert!(!may_grant(&granter, Role::IndustrialSupervisor, None));
}

#[test]
fn a_student_gives_no_role_whatsoever() {
    for role in Role::ALL {
        assert!(!may_grant(&[holder(Role::Student, None)], role, None), "{role}");
        assert!(!may_grant(&[], role, None), "{role}");
    }
}

#[test]
fn an_industrial_supervisor_belongs_to_an_organisation() {
    let granter = [holder(Role::Coordinator, None)];
    let nowhere = change(&[], &[Role::IndustrialSupervisor], None);
    let refused = RoleChangeRefusal::OrganisationRequired {
        role: Role::IndustrialSupervisor,
    };
    assert_eq!(refused.code(), "organisation_required");
    assert_eq!(check_role_change(person(1), &granter, nowhere), Err(refused));
    let somewhere = change(&[], &[Role::IndustrialSupervisor], Some(organisation(7)));
    assert_eq!(check_role_change(person(1), &granter, somewhere), Ok(()));
}

#[test]
fn a_superadmin_is_of_the_deployment_and_everybody_else_of_an_institution() {
    let granter = [holder(Role::Superadmin, None)];
    let inside = change(&[], &[Role::Superadmin], None);
    let over_all = RoleChange {
        tenant: None,
        ..inside
    };
    let coordinator = RoleChange {
        tenant: None,
        ..change(&[], &[Role::Coordinator], None)
    };
    assert_eq!(
        check_role_change(person(1), &granter, inside),
        Err(RoleChangeRefusal::Misplaced {
            role: Role::Superadmin
        })
    );
    assert_eq!(check_role_change(person(1), &granter, over_all), Ok(()));
    assert_eq!(
        check_role_change(person(1), &granter, coordinator),
        Err(RoleChangeRefusal::Misplaced {
            role: Role::Coordinator
        })
    );
}

fn registrar(permissions: &[Permission], may_grant: &[Role]) -> FurtherRole {
    FurtherRole {
        id: crate::id::TenantRoleId::new(Uuid::from_u128(700)),
        key: crate::identity::tenant_role::RoleKey::parse("registrar").unwrap(),
        permissions: crate::identity::permission::PermissionSet::of(permissions),
        may_grant: may_grant.to_vec(),
    }
}

#[test]
fn a_role_of_the_institution_is_given_by_those_who_could_have_defined_it() {
    let coordinator = [holder(Role::Coordinator, None)];
    let administrator = [holder(Role::TenantAdmin, None)];
    let modest = registrar(
        &[Permission::UserManage, Permission::LogbookWrite],
        &[Role::Student],
    );
    let mighty = registrar(
        &[Permission::UserManage, Permission::TenantManage],
        &[Role::TenantAdmin],
    );
    assert!(may_grant_further(&coordinator, &modest, None));
    assert!(!may_grant_further(&coordinator, &mighty, None));
    assert_eq!(
        excess(&coordinator, &mighty, None),
        (vec![Permission::TenantManage], vec![Role::TenantAdmin])
    );
    assert!(may_grant_further(&administrator, &mighty, None));
    assert!(!may_grant_further(&[holder(Role::Student, None)], &modest, None));
}

#[test]
fn an_organisations_administrator_gives_such_a_role_in_that_organisation_only_and_within_its_own_rights() {
    let granter = [holder(Role::OrganisationAdmin, Some(organisation(1)))];
    let clerk = registrar(&[Permission::OrganisationManage], &[]);
    assert!(may_grant_further(&granter, &clerk, Some(organisation(1))));
    assert!(!may_grant_further(&granter, &clerk, Some(organisation(2))));
    assert!(!may_grant_further(&granter, &clerk, None));
    let reader = registrar(&[Permission::UserRead], &[]);
    assert!(!may_grant_further(&granter, &reader, Some(organisation(1))));
}

#[test]
fn holders_of_such_a_role_grant_what_it_says_and_nothing_else() {
    let role = registrar(&[Permission::UserManage], &[Role::Student]);
    let everywhere = [HeldRole::further(&role, None)];
    assert!(may_grant(&everywhere, Role::Student, None));
    assert!(!may_grant(&everywhere, Role::Coordinator, None));
    let within = [HeldRole::further(&role, Some(organisation(1)))];
    assert!(may_grant(&within, Role::Student, Some(organisation(1))));
    assert!(!may_grant(&within, Role::Student, None));
    assert!(
        !may_grant_further(&everywhere, &role, None),
        "not even the own role"
    );
}

#[test]
fn nobody_gives_or_takes_the_own_role_of_the_institution() {
    let granter = [holder(Role::TenantAdmin, None)];
    let role = [registrar(&[Permission::UserRead], &[])];
    let with = Roles {
        standard: &[Role::Student],
        further: &role,
    };
    let without = Roles::standard(&[Role::Student]);
    for (before, after) in [(with, without), (without, with)] {
        let change = RoleChange {
            before,
            after,
            ..change(&[], &[], None)
        };
        assert_eq!(
            check_role_change(person(2), &granter, change),
            Err(RoleChangeRefusal::OwnRoles)
        );
        assert_eq!(check_role_change(person(1), &granter, change), Ok(()));
    }
    let same = RoleChange {
        before: with,
        after: with,
        ..change(&[], &[], None)
    };
    assert_eq!(check_role_change(person(2), &[], same), Ok(()));
}
