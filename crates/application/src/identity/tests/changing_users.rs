//! Changing, disabling, enabling and removing people.

use ipt_domain::{
    id::UserId,
    identity::{membership::Membership, role::Role, tenant_role::RoleName},
    version::Version,
};

use super::{IdentityError, juma_of_two_institutions, open_sessions, signed_in, try_sign_in};
use crate::{
    identity::users::{disable, enable, end_sessions, remove, update},
    tests::World,
};

fn change(user: UserId) -> update::Command {
    update::Command {
        user,
        seen: None,
        full_name: None,
        language: None,
        roles: None,
        organisation_id: None,
    }
}

#[tokio::test]
async fn a_person_disabled_in_the_only_institution_is_locked_out_at_once() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    let view = disable::execute(&world.services, &cora, asha, None)
        .await
        .unwrap();
    assert!(view.account.is_disabled());
    assert!(!view.memberships[0].membership.is_active());
    assert!(open_sessions(&world).is_empty());
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    let view = enable::execute(&world.services, &cora, asha, None).await.unwrap();
    assert!(!view.account.is_disabled());
    signed_in(&world, "asha").await;
    let deeds = world.state().deeds().join(" ");
    assert!(
        deeds.contains("identity.disable_user") && deeds.contains("identity.enable_user"),
        "{deeds}"
    );
}

#[tokio::test]
async fn what_one_institution_disables_ends_there_only() {
    let world = World::new();
    let (juma, suza) = juma_of_two_institutions(&world);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    signed_in(&world, "juma").await;
    super::sign_in_to(&world, "juma", "correct horse juma", Some("suza"))
        .await
        .unwrap();
    let view = disable::execute(&world.services, &cora, juma, None)
        .await
        .unwrap();
    assert!(!view.account.is_disabled());
    let open: Vec<_> = open_sessions(&world)
        .iter()
        .map(|session| session.tenant_id)
        .collect();
    assert_eq!(open, [Some(suza)]);
    let signed_in = signed_in(&world, "juma").await;
    assert_eq!(signed_in.me.tenant.unwrap().id, suza);
}

#[tokio::test]
async fn disabling_twice_changes_nothing_more() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    let first = disable::execute(&world.services, &cora, asha, None)
        .await
        .unwrap();
    let second = disable::execute(&world.services, &cora, asha, None)
        .await
        .unwrap();
    assert_eq!(first.account.version, second.account.version);
    assert_eq!(world.state().deeds().len(), 1);
}

#[tokio::test]
async fn nobody_ends_somebody_of_a_higher_role_or_oneself() {
    let world = World::new();
    let cora = world.with_roles("cora", &[Role::Coordinator]);
    let admin = world.with_roles("admin", &[Role::TenantAdmin]);
    for subject in [admin, cora] {
        let caller = world.caller(cora);
        let answers = [
            disable::execute(&world.services, &caller, subject, None)
                .await
                .map(drop),
            remove::execute(&world.services, &caller, subject, None).await,
            end_sessions::execute(&world.services, &caller, subject, None)
                .await
                .map(drop),
        ];
        for answer in answers {
            assert_eq!(answer.unwrap_err().code(), "forbidden");
        }
    }
}

#[tokio::test]
async fn people_of_another_institution_do_not_exist() {
    let world = World::new();
    let suza = world.institution("suza");
    let asha = world.with_roles("asha", &[Role::Student]);
    let cora = world.person("cora");
    world.member(cora, Some(suza), &[Role::Coordinator]);
    let cora = world.caller_in(cora, Some(suza));
    let answers = [
        disable::execute(&world.services, &cora, asha, None)
            .await
            .map(drop),
        update::execute(&world.services, &cora, &change(asha))
            .await
            .map(drop),
        remove::execute(&world.services, &cora, asha, None).await,
    ];
    for answer in answers {
        assert!(matches!(answer, Err(IdentityError::UserNotFound)));
    }
}

#[tokio::test]
async fn who_may_not_manage_people_is_told_that_before_the_version() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let juma = world.caller(world.with_roles("juma", &[Role::UniversitySupervisor]));
    let stale = Some(Version::new(9));
    let refusal = disable::execute(&world.services, &juma, asha, stale)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Denied(_)));
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refusal = disable::execute(&world.services, &cora, asha, stale)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "stale_version");
}

#[tokio::test]
async fn roles_are_replaced_by_whoever_may_give_them() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let roles = [Role::Coordinator, Role::UniversitySupervisor, Role::Coordinator];
    let roles = Some(roles.map(RoleName::from).to_vec());
    let view = update::execute(
        &world.services,
        &cora,
        &update::Command {
            roles,
            ..change(juma)
        },
    )
    .await
    .unwrap();
    assert_eq!(
        view.memberships[0].membership.roles,
        [Role::UniversitySupervisor, Role::Coordinator]
    );
    let above = Some(vec![Role::TenantAdmin.into()]);
    let command = update::Command {
        roles: above,
        ..change(juma)
    };
    let refusal = update::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    let none = update::Command {
        roles: Some(Vec::new()),
        ..change(juma)
    };
    let refusal = update::execute(&world.services, &cora, &none).await.unwrap_err();
    assert_eq!(refusal.code(), "roles_required");
}

#[tokio::test]
async fn a_student_does_not_become_a_coordinator_by_oneself() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let command = update::Command {
        roles: Some(vec![Role::Coordinator.into()]),
        ..change(asha)
    };
    let refusal = update::execute(&world.services, &world.caller(asha), &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    assert_eq!(world.memberships_of(asha, world.tenant)[0].roles, [Role::Student]);
}

#[tokio::test]
async fn anybody_mends_the_own_name_and_language() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let command = update::Command {
        full_name: Some("Asha Mushi".to_owned()),
        language: Some("sw".to_owned()),
        ..change(asha)
    };
    let view = update::execute(&world.services, &world.caller(asha), &command)
        .await
        .unwrap();
    assert_eq!(
        (view.account.full_name.as_str(), view.account.language.as_str()),
        ("Asha Mushi", "sw")
    );
}

#[tokio::test]
async fn the_name_of_a_person_whom_another_institution_has_is_the_persons_own() {
    let world = World::new();
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let command = update::Command {
        full_name: Some("Juma Said".to_owned()),
        ..change(juma)
    };
    update::execute(&world.services, &cora, &command).await.unwrap();
    world.member(juma, Some(suza), &[Role::UniversitySupervisor]);
    let command = update::Command {
        full_name: Some("J. Said".to_owned()),
        ..change(juma)
    };
    let refusal = update::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "account_shared");
}

#[tokio::test]
async fn a_change_that_loses_a_race_is_made_all_the_same() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    world.database.lose_races(1);
    let view = disable::execute(&world.services, &cora, asha, None)
        .await
        .unwrap();
    assert!(view.account.is_disabled());
}

#[tokio::test]
async fn a_person_removed_keeps_the_account_and_what_others_gave() {
    let world = World::new();
    let (juma, suza) = juma_of_two_institutions(&world);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    remove::execute(&world.services, &cora, juma, None).await.unwrap();
    assert!(world.memberships_of(juma, world.tenant).is_empty());
    assert_eq!(signed_in(&world, "juma").await.me.tenant.unwrap().id, suza);
}

#[tokio::test]
async fn an_organisations_administrator_ends_the_own_supervisors_only() {
    let world = World::new();
    let (own, foreign) = (world.organisation("TANESCO"), world.organisation("Vodacom"));
    let tenant = Some(world.tenant);
    let boss = world.person("boss");
    world.member_of(boss, tenant, Some(own), &[Role::OrganisationAdmin]);
    let boss = world.caller(boss);
    let (salim, neema) = (world.person("salim"), world.person("neema"));
    world.member_of(salim, tenant, Some(own), &[Role::IndustrialSupervisor]);
    world.member_of(salim, tenant, Some(foreign), &[Role::IndustrialSupervisor]);
    world.member_of(neema, tenant, Some(foreign), &[Role::IndustrialSupervisor]);
    let refusal = disable::execute(&world.services, &boss, neema, None)
        .await
        .unwrap_err();
    assert!(matches!(refusal, IdentityError::Denied(_)));
    disable::execute(&world.services, &boss, salim, None)
        .await
        .unwrap();
    let mut left = world.memberships_of(salim, world.tenant);
    left.retain(Membership::is_active);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].organisation_id, Some(foreign));
    assert!(!world.state().accounts[&salim].account.is_disabled());
}
