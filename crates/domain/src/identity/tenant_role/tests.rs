use uuid::Uuid;

use super::*;

fn role(permissions: &[Permission], may_grant: &[Role]) -> FurtherRole {
    FurtherRole {
        id: TenantRoleId::new(Uuid::from_u128(1)),
        key: RoleKey::parse("registrar").unwrap(),
        permissions: PermissionSet::of(permissions),
        may_grant: may_grant.to_vec(),
    }
}

fn define(role: FurtherRole, name: &str) -> Result<TenantRole, Vec<TenantRoleError>> {
    TenantRole::define(role, TenantId::new(Uuid::from_u128(2)), name, Version::FIRST)
}

#[test]
fn a_key_is_lower_case_and_no_role_of_the_product() {
    for fine in ["registrar", "it_desk", "a1", "zz_9"] {
        assert_eq!(RoleKey::parse(fine).unwrap().as_str(), fine);
    }
    let long = "a".repeat(65);
    for wrong in [
        "",
        "a",
        "Registrar",
        "it-desk",
        "_desk",
        "1st",
        "d\u{e9}sk",
        " desk",
        long.as_str(),
    ] {
        assert_eq!(RoleKey::parse(wrong), Err(RoleKeyError::Form), "{wrong}");
    }
    for role in Role::ALL {
        assert_eq!(RoleKey::parse(role.as_str()), Err(RoleKeyError::Reserved));
        assert_eq!(RoleName::parse(role.as_str()), Ok(RoleName::Standard(role)));
    }
    assert_eq!(RoleName::parse("it_desk").unwrap().as_str(), "it_desk");
}

#[test]
fn a_role_keeps_its_permissions_and_what_its_holders_may_grant_in_order() {
    let wanted = role(
        &[Permission::UserManage],
        &[Role::UniversitySupervisor, Role::Student, Role::Student],
    );
    let defined = define(wanted, "  Registrar ").unwrap();
    assert_eq!(defined.name, "Registrar");
    assert_eq!(
        defined.role.may_grant,
        [Role::Student, Role::UniversitySupervisor]
    );
}

#[test]
fn no_role_of_an_institution_reaches_over_the_deployment() {
    let wanted = role(&[Permission::TenantManageAll], &[Role::Superadmin]);
    assert_eq!(
        define(wanted, "").unwrap_err(),
        [
            TenantRoleError::Name(TextError::Empty),
            TenantRoleError::OfDeployment {
                permission: Permission::TenantManageAll
            },
            TenantRoleError::GrantsOfDeployment {
                role: Role::Superadmin
            },
        ]
    );
    assert_eq!(
        define(role(&[], &[]), "Nothing").unwrap_err(),
        [TenantRoleError::PermissionsRequired]
    );
}
