//! The first administrator.

use ipt_domain::identity::role::Role;
use secrecy::SecretString;

use super::{IdentityError, signed_in, try_sign_in};
use crate::{
    identity::bootstrap_admin::{self, Command, TenantCommand},
    tests::World,
};

fn admin(role: Role, tenant: Option<&str>) -> Command {
    Command {
        email: "admin@uni.example".to_owned(),
        full_name: "Admin".to_owned(),
        role,
        tenant: tenant.map(|code| TenantCommand {
            code: code.to_owned(),
            name: Some("State University".to_owned()),
            timezone: Some("Africa/Dar_es_Salaam".to_owned()),
        }),
        password: SecretString::from("correct horse admin"),
    }
}

#[tokio::test]
async fn the_first_administrator_comes_with_a_new_institution() {
    let world = World::new();
    let made = bootstrap_admin::execute(&world.services, &admin(Role::TenantAdmin, Some("suza")))
        .await
        .unwrap();
    assert!(made.new_account && made.new_tenant);
    let me = signed_in(&world, "admin").await.me;
    assert_eq!(me.account.id, made.user_id);
    let tenant = me.tenant.unwrap();
    assert_eq!(
        (tenant.code.as_str(), tenant.name.as_str()),
        ("suza", "State University")
    );
    assert_eq!(tenant.timezone, "Africa/Dar_es_Salaam");
    let again = bootstrap_admin::execute(&world.services, &admin(Role::TenantAdmin, Some("suza")))
        .await
        .unwrap();
    assert_eq!(
        (again.user_id, again.new_account, again.new_tenant),
        (made.user_id, false, false)
    );
    assert_eq!(world.state().memberships.len(), 1);
}

#[tokio::test]
async fn a_superadmin_belongs_to_the_deployment() {
    let world = World::new();
    bootstrap_admin::execute(&world.services, &admin(Role::Superadmin, None))
        .await
        .unwrap();
    let me = signed_in(&world, "admin").await.me;
    assert!(me.tenant.is_none());
    assert_eq!(me.roles, [Role::Superadmin]);
}

#[tokio::test]
async fn an_existing_person_gets_the_role_and_keeps_the_password() {
    let world = World::new();
    let known = world.with_roles("admin", &[Role::UniversitySupervisor]);
    let mut command = admin(Role::Coordinator, Some("udsm"));
    command.password = SecretString::from("weak");
    let made = bootstrap_admin::execute(&world.services, &command).await.unwrap();
    assert_eq!(
        (made.user_id, made.new_account, made.new_tenant),
        (known, false, false)
    );
    let me = signed_in(&world, "admin").await.me;
    assert_eq!(me.roles, [Role::UniversitySupervisor, Role::Coordinator]);
    try_sign_in(&world, "admin", "weak").await.unwrap_err();
}

#[tokio::test]
async fn what_the_operator_got_wrong_is_told_together() {
    let world = World::new();
    let mut command = admin(Role::Coordinator, None);
    command.password = SecretString::from("password");
    let refusal = bootstrap_admin::execute(&world.services, &command)
        .await
        .unwrap_err();
    let IdentityError::Rules(rules) = &refusal else {
        panic!("{refusal}")
    };
    let codes: Vec<_> = rules.iter().map(ipt_domain::error::Violation::code).collect();
    assert_eq!(
        codes,
        ["tenant_required", "password_too_short", "password_too_common"]
    );
    let refusal = bootstrap_admin::execute(&world.services, &admin(Role::Student, Some("udsm")))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "role_misplaced");
    let mut command = admin(Role::Coordinator, Some("Bad Code"));
    command.tenant.as_mut().unwrap().timezone = Some("Mars/Olympus".to_owned());
    let refusal = bootstrap_admin::execute(&world.services, &command)
        .await
        .unwrap_err();
    let IdentityError::Rules(rules) = &refusal else {
        panic!("{refusal}")
    };
    let codes: Vec<_> = rules.iter().map(ipt_domain::error::Violation::code).collect();
    assert_eq!(codes, ["tenant_code", "timezone_unknown"]);
    assert!(world.state().accounts.is_empty());
}
