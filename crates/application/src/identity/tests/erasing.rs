//! What is left of a person whose last membership ends.

use ipt_domain::identity::{membership::MembershipStatus, role::Role};
use secrecy::SecretString;

use super::{mails, signed_in, try_sign_in};
use crate::{
    audit::{link, verify},
    identity::{
        profiles::ProfileChange,
        users::{create, end_sessions, remove},
    },
    tests::World,
};

#[tokio::test]
async fn with_the_last_membership_name_address_and_password_are_gone_and_the_trail_verifies() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let command = create::Command {
        email: "asha@uni.example".to_owned(),
        full_name: "Asha Mushi".to_owned(),
        roles: vec![Role::Student.into()],
        password: Some(SecretString::from("correct horse asha")),
        organisation_id: None,
        profile: ProfileChange::default(),
    };
    let asha = create::execute(&world.services, &cora, &command)
        .await
        .unwrap()
        .account
        .id;
    signed_in(&world, "asha").await;
    link::execute(&world.services).await.unwrap();
    let records = world.state().records.len();
    remove::execute(&world.services, &cora, asha, None).await.unwrap();
    link::execute(&world.services).await.unwrap();
    assert_eq!(world.state().records.len(), records + 1, "no record is gone");
    assert_eq!(world.state().deeds().last(), Some(&"identity.erase_user"));

    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let report = verify::execute(&world.services, &admin, None).await.unwrap();
    assert_eq!(report.first_broken, None);
    let state = world.state();
    let left = format!("{:?} {:?} {:?}", state.accounts, state.trail(), state.sessions);
    for personal in ["Asha", "asha@uni.example", "horse asha"] {
        assert!(!left.contains(personal), "{personal} is still there: {left}");
    }
    assert!(
        state.accounts[&asha]
            .account
            .email
            .as_str()
            .ends_with("@erased.invalid")
    );
    assert!(state.accounts[&asha].password.is_none());
}

#[tokio::test]
async fn the_address_of_somebody_erased_is_free_again() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    remove::execute(&world.services, &cora, asha, None).await.unwrap();
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    let again = create::Command {
        email: "asha@uni.example".to_owned(),
        full_name: "Another Asha".to_owned(),
        roles: vec![Role::Student.into()],
        password: Some(SecretString::from("correct horse asha")),
        organisation_id: None,
        profile: ProfileChange::default(),
    };
    let view = create::execute(&world.services, &cora, &again).await.unwrap();
    assert_ne!(view.account.id, asha);
    assert_eq!(signed_in(&world, "asha").await.me.account.id, view.account.id);
    // And whoever comes next with the same fate is no obstacle.
    remove::execute(&world.services, &cora, view.account.id, None)
        .await
        .unwrap();
    assert!(mails(&world).await.is_empty());
}

#[tokio::test]
async fn somebody_with_a_membership_left_anywhere_is_not_erased() {
    let world = World::new();
    let suza = world.institution("suza");
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let elsewhere = world.member(juma, Some(suza), &[Role::UniversitySupervisor]);
    world.change_membership(elsewhere, |held| held.status = MembershipStatus::Disabled);
    remove::execute(&world.services, &cora, juma, None).await.unwrap();
    assert_eq!(world.state().accounts[&juma].account.full_name.as_str(), "juma");
    assert!(world.state().deeds().contains(&"identity.remove_user"));
    let sadia = world.person("sadia");
    world.member(sadia, Some(suza), &[Role::Coordinator]);
    let there = world.caller_in(sadia, Some(suza));
    remove::execute(&world.services, &there, juma, None)
        .await
        .unwrap();
    assert_ne!(world.state().accounts[&juma].account.full_name.as_str(), "juma");
}

#[tokio::test]
async fn whoever_gets_a_membership_at_this_moment_is_not_erased() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    world.database.lose_races(4);
    let lost = remove::execute(&world.services, &cora, asha, None)
        .await
        .unwrap_err();
    assert_eq!(lost.code(), "conflict");
    assert_eq!(world.state().accounts[&asha].account.full_name.as_str(), "asha");
    assert_eq!(world.memberships_of(asha, world.tenant).len(), 1);
}

#[tokio::test]
async fn what_the_person_did_to_others_keeps_its_values() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let cora = world.with_roles("cora", &[Role::Coordinator]);
    let asha = world.with_roles("asha", &[Role::Student]);
    let acting = world.caller(cora);
    end_sessions::execute(&world.services, &acting, asha, None)
        .await
        .unwrap();
    remove::execute(&world.services, &admin, cora, None)
        .await
        .unwrap();
    let mut trail = world.state().trail().into_iter();
    let deed = trail
        .find(|entry| entry.record.action == "identity.end_sessions")
        .unwrap();
    assert!(deed.detail.is_some());
    assert_eq!(deed.record.actor, Some(cora));
}
