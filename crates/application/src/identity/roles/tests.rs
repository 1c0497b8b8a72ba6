//! Tests of roles that institutions define.

use ipt_domain::{
    identity::{
        permission::{Permission, PermissionSet},
        role::Role,
        tenant_role::{RoleKey, RoleName, TenantRole},
    },
    version::Version,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{create, get, list, remove, update};
use crate::{
    Caller, Origin,
    identity::{IdentityError, authenticate, me, sign_in, users},
    tests::{World, first_page},
};

fn registrar(permissions: &[Permission], may_grant: &[Role]) -> create::Command {
    create::Command {
        key: "registrar".to_owned(),
        name: "Registrar".to_owned(),
        permissions: PermissionSet::of(permissions),
        may_grant: may_grant.to_vec(),
    }
}

async fn define(world: &World, admin: &Caller) -> TenantRole {
    let command = registrar(&[Permission::UserRead, Permission::UserManage], &[Role::Student]);
    create::execute(&world.services, admin, &command).await.unwrap()
}

fn admin(world: &World) -> Caller {
    world.caller(world.with_roles("admin", &[Role::TenantAdmin]))
}

fn person(name: &str, roles: Vec<RoleName>) -> users::create::Command {
    users::create::Command {
        profile: crate::identity::profiles::ProfileChange::default(),
        email: format!("{name}@uni.example"),
        full_name: "Some Body".to_owned(),
        roles,
        password: Some(SecretString::from(format!("correct horse {name}"))),
        organisation_id: None,
    }
}

/// Adds somebody with the role `registrar`, and signs in.
async fn a_registrar(world: &World, admin: &Caller) -> Caller {
    let key = RoleName::Further(RoleKey::parse("registrar").unwrap());
    users::create::execute(&world.services, admin, &person("reg", vec![key]))
        .await
        .unwrap();
    let command = sign_in::Command {
        email: "reg@uni.example".to_owned(),
        password: SecretString::from("correct horse reg"),
        tenant: None,
    };
    let signed_in = sign_in::execute(&world.services, &Origin::default(), command)
        .await
        .unwrap();
    let token = signed_in.access_token.expose_secret();
    authenticate::execute(&world.services, token, Origin::default())
        .await
        .unwrap()
}

fn changed(role: &TenantRole) -> update::Command {
    update::Command {
        id: role.role.id,
        seen: None,
        name: None,
        permissions: None,
        may_grant: None,
    }
}

#[tokio::test]
async fn an_administrator_defines_a_role_whose_holders_do_what_it_says() {
    let world = World::new();
    let admin = admin(&world);
    define(&world, &admin).await;
    let registrar = a_registrar(&world, &admin).await;
    let told = me::execute(&world.services, &registrar).await.unwrap();
    assert_eq!((told.roles, told.further[0].as_str()), (Vec::new(), "registrar"));
    assert_eq!(
        told.permissions,
        PermissionSet::of(&[Permission::UserRead, Permission::UserManage])
    );
    let student = person("asha", vec![Role::Student.into()]);
    users::create::execute(&world.services, &registrar, &student)
        .await
        .unwrap();
    let coordinator = person("cora", vec![Role::Coordinator.into()]);
    let refusal = users::create::execute(&world.services, &registrar, &coordinator)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Roles(_)), "{refusal}");
    let page = list::Command {
        text: None,
        page: first_page(ipt_ports::identity::RoleSort::Name),
        count: true,
    };
    let (roles, total) = list::execute(&world.services, &registrar, &page).await.unwrap();
    assert_eq!((roles.items.len(), total), (1, Some(1)));
}

#[tokio::test]
async fn a_change_of_a_role_counts_at_the_next_request() {
    let world = World::new();
    let admin = admin(&world);
    let role = define(&world, &admin).await;
    let registrar = a_registrar(&world, &admin).await;
    let less = update::Command {
        permissions: Some(PermissionSet::of(&[Permission::UserRead])),
        may_grant: Some(Vec::new()),
        ..changed(&role)
    };
    let after = update::execute(&world.services, &admin, &less).await.unwrap();
    assert_eq!(after.version, Version::new(2));
    let told = me::execute(&world.services, &registrar).await.unwrap();
    assert_eq!(told.permissions, PermissionSet::of(&[Permission::UserRead]));
    let stale = update::Command {
        seen: Some(Version::FIRST),
        name: Some("Late".to_owned()),
        ..changed(&role)
    };
    let refusal = update::execute(&world.services, &admin, &stale)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "stale_version");
}

#[tokio::test]
async fn a_role_has_nothing_that_its_maker_may_not_give() {
    let world = World::new();
    let admin = admin(&world);
    // Whoever may change the institution by such a role may not make roles that exceed what it lets grant.
    let keeper = registrar(
        &[Permission::TenantManage, Permission::UserRead],
        &[Role::Student],
    );
    create::execute(&world.services, &admin, &keeper).await.unwrap();
    let keeper = a_registrar(&world, &admin).await;
    let mighty = create::Command {
        key: "mighty".to_owned(),
        ..registrar(
            &[Permission::UserManage, Permission::LogbookWrite],
            &[Role::TenantAdmin, Role::Student],
        )
    };
    let refusal = create::execute(&world.services, &keeper, &mighty)
        .await
        .unwrap_err();
    let IdentityError::RoleExceeds { permissions, roles } = refusal else {
        panic!("{refusal}")
    };
    assert_eq!(
        (permissions, roles),
        (vec![Permission::UserManage], vec![Role::TenantAdmin])
    );
    let modest = create::Command {
        key: "modest".to_owned(),
        ..registrar(&[Permission::LogbookWrite], &[])
    };
    let modest = create::execute(&world.services, &keeper, &modest).await.unwrap();
    let grown = update::Command {
        permissions: Some(PermissionSet::of(&[Permission::AuditRead])),
        ..changed(&modest)
    };
    let refusal = update::execute(&world.services, &keeper, &grown)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::RoleExceeds { .. }), "{refusal}");
    let mighty = create::execute(&world.services, &admin, &mighty).await.unwrap();
    let less = update::Command {
        permissions: Some(PermissionSet::of(&[Permission::LogbookWrite])),
        ..changed(&mighty)
    };
    let refusal = update::execute(&world.services, &keeper, &less)
        .await
        .unwrap_err();
    assert!(
        matches!(refusal, IdentityError::RoleExceeds { .. }),
        "nor takes it down: {refusal}"
    );
}

#[tokio::test]
async fn nobody_changes_a_role_that_is_the_own_one() {
    let world = World::new();
    let admin = admin(&world);
    let own = registrar(
        &[Permission::TenantManage, Permission::LogbookWrite],
        &[Role::Student],
    );
    let role = create::execute(&world.services, &admin, &own).await.unwrap();
    let holder = a_registrar(&world, &admin).await;
    let renamed = update::Command {
        name: Some("King".to_owned()),
        ..changed(&role)
    };
    let refusal = update::execute(&world.services, &holder, &renamed)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Roles(_)), "{refusal}");
    let refusal = remove::execute(&world.services, &holder, role.role.id, None)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Roles(_)), "{refusal}");
}

#[tokio::test]
async fn a_role_that_somebody_holds_is_not_removed() {
    let world = World::new();
    let admin = admin(&world);
    let role = define(&world, &admin).await;
    let registrar = a_registrar(&world, &admin).await;
    let refusal = remove::execute(&world.services, &admin, role.role.id, None)
        .await
        .unwrap_err();
    assert!(
        matches!(refusal, IdentityError::RoleInUse { people: 1 }),
        "{refusal}"
    );
    users::remove::execute(&world.services, &admin, registrar.user_id(), None)
        .await
        .unwrap();
    remove::execute(&world.services, &admin, role.role.id, None)
        .await
        .unwrap();
    let refusal = get::execute(&world.services, &admin, role.role.id)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "not_found");
    assert_eq!(world.state().deeds().last().unwrap(), &"identity.remove_role");
}

#[tokio::test]
async fn a_key_that_is_taken_and_a_role_that_there_is_not_are_told() {
    let world = World::new();
    let admin = admin(&world);
    define(&world, &admin).await;
    let again = create::Command {
        name: " ".to_owned(),
        ..registrar(&[], &[])
    };
    let IdentityError::Rules(rules) = create::execute(&world.services, &admin, &again)
        .await
        .unwrap_err()
    else {
        panic!("rules are broken");
    };
    let told: Vec<_> = rules.iter().map(|rule| (rule.code(), rule.pointer())).collect();
    assert_eq!(
        told,
        [
            ("role_key_taken", "/key"),
            ("text_required", "/name"),
            ("permissions_required", "/permissions")
        ]
    );
    let nobody = RoleName::Further(RoleKey::parse("nobody").unwrap());
    let refusal = users::create::execute(&world.services, &admin, &person("x", vec![nobody]))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "role_unknown");
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refusal = create::execute(&world.services, &cora, &again).await.unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}
