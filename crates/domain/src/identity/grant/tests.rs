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
    HeldRole { role, organisation }
}

/// Person 2 is to have `after` instead of `before`, in an institution and, where one is given, an organisation.
fn change<'a>(before: &'a [Role], after: &'a [Role], organisation: Option<OrganisationId>) -> RoleChange<'a> {
    RoleChange {
        subject: person(2),
        tenant: Some(tenant()),
        organisation,
        before,
        after,
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
        role: Role::TenantAdmin,
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
            role: Role::Superadmin
        })
    );
}

#[test]
fn an_organisation_s_administrator_appoints_supervisors_there_and_nowhere_else() {
    let granter = [holder(Role::OrganisationAdmin, Some(organisation(7)))];
    let appointed = |place| change(&[], &[Role::IndustrialSupervisor], place);
    let refused = Err(RoleChangeRefusal::NotGrantable {
        role: Role::IndustrialSupervisor,
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
    assert_eq!(check_role_change(person(1), &granter, nowhere), Err(refused));
    assert_eq!(refused.code(), "organisation_required");
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
