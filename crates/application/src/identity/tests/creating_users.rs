//! Adding people.

use ipt_domain::identity::role::Role;
use secrecy::SecretString;

use super::{IdentityError, codes, signed_in, try_sign_in};
use crate::{identity::users::create, tests::World};

fn new(name: &str, roles: &[Role], password: Option<&str>) -> create::Command {
    create::Command {
        profile: crate::identity::profiles::ProfileChange::default(),
        email: format!("{name}@uni.example"),
        full_name: name.to_owned(),
        roles: roles.iter().map(|role| (*role).into()).collect(),
        password: password.map(|password| SecretString::from(password.to_owned())),
        organisation_id: None,
    }
}

#[tokio::test]
async fn a_coordinator_adds_a_person_who_signs_in_at_once() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let command = new("asha", &[Role::Student], Some("correct horse asha"));
    let view = create::execute(&world.services, &cora, &command).await.unwrap();
    assert!(view.account.is_verified());
    assert_eq!(view.memberships[0].membership.roles, [Role::Student]);
    assert_eq!(world.state().deeds(), ["identity.create_user"]);
    assert_eq!(signed_in(&world, "asha").await.me.account.id, view.account.id);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_together() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let mut command = new("asha", &[], Some("weak"));
    command.full_name = "  ".to_owned();
    let refusal = create::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(
        codes(&refusal),
        [
            "roles_required",
            "text_required",
            "password_too_short",
            "password_too_weak"
        ]
    );
    assert_eq!(refusal.code(), "validation_failed");
    command = new("asha", &[Role::IndustrialSupervisor], None);
    let refusal = create::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["organisation_required"]);
    command.email = "no address".to_owned();
    let refusal = create::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["email_invalid", "organisation_required"]);
    assert!(world.state().deeds().is_empty());
}

#[tokio::test]
async fn a_common_password_and_the_mail_address_are_refused() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let common = new("asha", &[Role::Student], Some("password123"));
    let refusal = create::execute(&world.services, &cora, &common)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "password_too_common");
    let own = new("asha", &[Role::Student], Some("ASHA@uni.example"));
    let refusal = create::execute(&world.services, &cora, &own).await.unwrap_err();
    assert_eq!(refusal.code(), "password_is_address");
}

#[tokio::test]
async fn an_existing_address_gets_a_membership_and_keeps_name_and_password() {
    let world = World::new();
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let cora = world.person("cora");
    world.member(cora, Some(suza), &[Role::Coordinator]);
    let cora = world.caller_in(cora, Some(suza));
    let mut command = new("JUMA", &[Role::UniversitySupervisor], Some("another password"));
    command.full_name = "Somebody Else".to_owned();
    let refusal = create::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "password_not_allowed");
    command.password = None;
    let view = create::execute(&world.services, &cora, &command).await.unwrap();
    assert_eq!(view.account.id, juma);
    assert_eq!(view.account.full_name.as_str(), "juma");
    // What the other institution knows of the person is not shown.
    assert_eq!(view.memberships.len(), 1);
    try_sign_in(&world, "juma", "correct horse juma").await.unwrap();
    assert_eq!(world.memberships_of(juma, suza).len(), 1);
    assert_eq!(world.memberships_of(juma, world.tenant).len(), 1);
}

#[tokio::test]
async fn a_member_posted_again_is_a_conflict_unless_a_role_is_new() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    world.with_roles("juma", &[Role::UniversitySupervisor]);
    let again = new("juma", &[Role::UniversitySupervisor], None);
    let refusal = create::execute(&world.services, &cora, &again).await.unwrap_err();
    let IdentityError::Rules(rules) = &refusal else {
        panic!("{refusal}")
    };
    assert_eq!((rules.code(), rules.is_conflict()), ("membership_exists", true));
    let more = new("juma", &[Role::Coordinator], None);
    let view = create::execute(&world.services, &cora, &more).await.unwrap();
    let held = &view.memberships[0].membership.roles;
    assert_eq!(*held, [Role::UniversitySupervisor, Role::Coordinator]);
}

#[tokio::test]
async fn nobody_gives_a_role_above_the_own_or_to_oneself() {
    let world = World::new();
    let cora = world.with_roles("cora", &[Role::Coordinator]);
    for role in [Role::TenantAdmin, Role::Superadmin] {
        let command = new("asha", &[role], Some("correct horse asha"));
        let refusal = create::execute(&world.services, &world.caller(cora), &command)
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "forbidden", "{role}");
    }
    let own = new("cora", &[Role::Student], None);
    let refusal = create::execute(&world.services, &world.caller(cora), &own)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let command = new("second", &[Role::TenantAdmin], Some("correct horse second"));
    create::execute(&world.services, &admin, &command).await.unwrap();
}

#[tokio::test]
async fn people_without_the_right_add_nobody() {
    let world = World::new();
    let roles = [Role::Student, Role::UniversitySupervisor];
    for role in roles {
        let name = role.as_str().replace('_', "");
        let caller = world.caller(world.with_roles(&name, &[role]));
        let command = new("asha", &[Role::Student], Some("correct horse asha"));
        let refusal = create::execute(&world.services, &caller, &command)
            .await
            .unwrap_err();
        assert!(matches!(refusal, IdentityError::Denied(_)), "{role}");
    }
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let command = new("asha", &[Role::Student], Some("correct horse asha"));
    let outside = world.caller_in(root, None);
    let refusal = create::execute(&world.services, &outside, &command)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Denied(_)));
}

#[tokio::test]
async fn an_organisations_administrator_adds_supervisors_of_that_organisation_only() {
    let world = World::new();
    let (own, foreign) = (world.organisation("TANESCO"), world.organisation("Vodacom"));
    let boss = world.person("boss");
    world.member_of(boss, Some(world.tenant), Some(own), &[Role::OrganisationAdmin]);
    let boss = world.caller(boss);
    let mut command = new(
        "salim",
        &[Role::IndustrialSupervisor],
        Some("correct horse salim"),
    );
    for elsewhere in [None, Some(foreign)] {
        command.organisation_id = elsewhere;
        let refusal = create::execute(&world.services, &boss, &command)
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "forbidden");
    }
    command.organisation_id = Some(own);
    let view = create::execute(&world.services, &boss, &command).await.unwrap();
    assert_eq!(view.memberships[0].organisation_name.as_deref(), Some("TANESCO"));
    command = new("student", &[Role::Student], Some("correct horse student"));
    command.organisation_id = Some(own);
    let refusal = create::execute(&world.services, &boss, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}

#[tokio::test]
async fn a_role_in_an_organisation_that_the_institution_does_not_know_is_refused() {
    let world = World::new();
    let suza = world.institution("suza");
    let organisation = world.organisation("TANESCO");
    let cora = world.person("cora");
    world.member(cora, Some(suza), &[Role::Coordinator]);
    let mut command = new(
        "salim",
        &[Role::IndustrialSupervisor],
        Some("correct horse salim"),
    );
    command.organisation_id = Some(organisation);
    let cora = world.caller_in(cora, Some(suza));
    let refusal = create::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "organisation_unknown");
}

#[tokio::test]
async fn a_superadmin_who_entered_makes_an_administrator_of_the_institution() {
    let world = World::new();
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let entered = world.caller(root);
    let command = new("admin", &[Role::TenantAdmin], Some("correct horse admin"));
    create::execute(&world.services, &entered, &command)
        .await
        .unwrap();
    let misplaced = new("other", &[Role::Superadmin], Some("correct horse other"));
    let refusal = create::execute(&world.services, &entered, &misplaced)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "role_misplaced");
}
