//! Inviting people, and what an administrator does about an account.

use chrono::TimeDelta;
use ipt_domain::{
    id::UserId,
    identity::{lockout::MAX_FAILURES, role::Role},
};
use secrecy::SecretString;

use super::{
    IdentityError, codes, confirms, juma_of_two_institutions, mailed, mailed_code, mails, open_sessions,
    sign_in_to, signed_in, try_sign_in,
};
use crate::{
    Caller, Origin,
    identity::{
        accept_invitation,
        password_reset::request,
        users::{create, disable, remove, reset_password, unlock},
    },
    tests::World,
};

fn new(name: &str) -> create::Command {
    create::Command {
        profile: crate::identity::profiles::ProfileChange::default(),
        email: format!("{name}@uni.example"),
        full_name: name.to_owned(),
        roles: vec![Role::UniversitySupervisor.into()],
        password: None,
        organisation_id: None,
    }
}

async fn invites(world: &World, caller: &Caller, name: &str) -> UserId {
    let view = create::execute(&world.services, caller, &new(name))
        .await
        .unwrap();
    view.account.id
}

async fn accepts(world: &World, token: &str, password: &str) -> Result<(), IdentityError> {
    let token = SecretString::from(token);
    let password = SecretString::from(password);
    accept_invitation::execute(&world.services, &Origin::default(), &token, password).await
}

async fn sets_by_code(world: &World, name: &str, password: &str) -> Result<(), IdentityError> {
    let code = mailed_code(world, name).await;
    confirms(world, name, &code, password).await
}

#[tokio::test]
async fn whoever_is_invited_sets_a_password_and_is_verified_by_that() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let juma = invites(&world, &cora, "juma").await;
    assert!(!world.state().accounts[&juma].account.is_verified());
    let token = mailed(&world, "juma", "token").await;
    let link = mailed(&world, "juma", "link").await;
    assert_eq!(
        link,
        format!("https://ipt.example/accept-invitation#token={token}")
    );
    assert_eq!(mailed(&world, "juma", "tenant_name").await, "udsm");
    accepts(&world, &token, "correct horse juma").await.unwrap();
    signed_in(&world, "juma").await;
    let again = accepts(&world, &token, "another horse altogether")
        .await
        .unwrap_err();
    assert_eq!(again.code(), "invalid_code");
    signed_in(&world, "juma").await;
    let deeds = world.state().deeds().join(" ");
    assert!(
        deeds.starts_with("identity.create_user identity.accept_invitation"),
        "{deeds}"
    );
}

#[tokio::test]
async fn a_refused_password_leaves_the_invitation_as_it_is() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    invites(&world, &cora, "juma").await;
    let token = mailed(&world, "juma", "token").await;
    for _ in 0..6 {
        let refusal = accepts(&world, &token, "weak").await.unwrap_err();
        assert_eq!(codes(&refusal), ["password_too_short", "password_too_weak"]);
    }
    accepts(&world, &token, "correct horse juma").await.unwrap();
}

#[tokio::test]
async fn an_invitation_is_good_for_a_week_and_can_be_sent_again() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let juma = invites(&world, &cora, "juma").await;
    let first = mailed(&world, "juma", "token").await;
    world.clock.advance(TimeDelta::days(7));
    accepts(&world, &first, "correct horse juma").await.unwrap_err();
    reset_password::execute(&world.services, &cora, juma, None)
        .await
        .unwrap();
    assert_eq!(mails(&world).await.last().unwrap().subject, "invitation");
    let second = mailed(&world, "juma", "token").await;
    assert_ne!(first, second);
    world
        .clock
        .advance(TimeDelta::days(7) - TimeDelta::microseconds(1));
    accepts(&world, &second, "correct horse juma").await.unwrap();
}

#[tokio::test]
async fn a_new_invitation_supersedes_the_one_before() {
    let world = World::new();
    let suza = world.institution("suza");
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    invites(&world, &cora, "juma").await;
    let first = mailed(&world, "juma", "token").await;
    let there = world.person("sadia");
    world.member(there, Some(suza), &[Role::Coordinator]);
    invites(&world, &world.caller_in(there, Some(suza)), "juma").await;
    let second = mailed(&world, "juma", "token").await;
    assert_eq!(mailed(&world, "juma", "tenant_name").await, "suza");
    accepts(&world, &first, "correct horse juma").await.unwrap_err();
    accepts(&world, &second, "correct horse juma").await.unwrap();
    for tenant in ["udsm", "suza"] {
        sign_in_to(&world, "juma", "correct horse juma", Some(tenant))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn made_up_tokens_and_those_of_people_who_are_gone_are_refused() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    for made_up in ["", "token-of-nobody", "x"] {
        let refusal = accepts(&world, made_up, "correct horse juma").await.unwrap_err();
        assert_eq!(refusal.code(), "invalid_code");
    }
    let juma = invites(&world, &cora, "juma").await;
    let token = mailed(&world, "juma", "token").await;
    disable::execute(&world.services, &cora, juma, None)
        .await
        .unwrap();
    accepts(&world, &token, "correct horse juma").await.unwrap_err();
    remove::execute(&world.services, &cora, juma, None).await.unwrap();
    accepts(&world, &token, "correct horse juma").await.unwrap_err();
    let refused = world.state().deeds().join(" ");
    assert_eq!(refused.matches("identity.code_refused").count(), 5);
}

#[tokio::test]
async fn whoever_lost_the_invitation_asks_for_a_code() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    invites(&world, &cora, "juma").await;
    let token = mailed(&world, "juma", "token").await;
    request::execute(&world.services, &Origin::default(), "juma@uni.example")
        .await
        .unwrap();
    sets_by_code(&world, "juma", "correct horse juma").await.unwrap();
    signed_in(&world, "juma").await;
    let late = accepts(&world, &token, "another horse altogether")
        .await
        .unwrap_err();
    assert_eq!(
        late.code(),
        "invalid_code",
        "the invitation is of no use any more"
    );
}

#[tokio::test]
async fn somebody_who_has_an_account_is_told_of_the_membership() {
    let world = World::new();
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let sadia = world.person("sadia");
    world.member(sadia, Some(suza), &[Role::Coordinator]);
    let there = world.caller_in(sadia, Some(suza));
    invites(&world, &there, "juma").await;
    let told = mails(&world).await;
    let about: Vec<_> = told
        .iter()
        .map(|mail| (mail.to_address.as_str(), mail.subject.as_str()))
        .collect();
    assert_eq!(about, [("juma@uni.example", "membership_added")]);
    assert_eq!(mailed(&world, "juma", "tenant_name").await, "suza");
    // A further role in the same institution is no news of this kind.
    let more = create::Command {
        roles: vec![Role::Coordinator.into()],
        ..new("juma")
    };
    create::execute(&world.services, &there, &more).await.unwrap();
    assert_eq!(mails(&world).await.len(), 1);
    assert_eq!(world.memberships_of(juma, suza)[0].roles.len(), 2);
}

#[tokio::test]
async fn somebody_whom_every_other_institution_disabled_comes_back_by_a_new_membership() {
    let world = World::new();
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    disable::execute(&world.services, &cora, juma, None)
        .await
        .unwrap();
    let sadia = world.person("sadia");
    world.member(sadia, Some(suza), &[Role::Coordinator]);
    invites(&world, &world.caller_in(sadia, Some(suza)), "juma").await;
    assert_eq!(signed_in(&world, "juma").await.me.tenant.unwrap().id, suza);
    sign_in_to(&world, "juma", "correct horse juma", Some("udsm"))
        .await
        .unwrap_err();
}

#[tokio::test]
async fn an_administrators_reset_voids_the_password_and_mails_a_code() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    reset_password::execute(&world.services, &cora, asha, None)
        .await
        .unwrap();
    assert!(open_sessions(&world).is_empty());
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    assert_eq!(
        mails(&world).await.last().unwrap().subject,
        "password_reset_ordered"
    );
    sets_by_code(&world, "asha", "another horse altogether")
        .await
        .unwrap();
    try_sign_in(&world, "asha", "another horse altogether")
        .await
        .unwrap();
    assert!(world.state().deeds().contains(&"identity.reset_user_password"));
}

#[tokio::test]
async fn what_one_institution_resets_ends_there_while_another_has_the_person() {
    let world = World::new();
    let (juma, suza) = juma_of_two_institutions(&world);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    signed_in(&world, "juma").await;
    sign_in_to(&world, "juma", "correct horse juma", Some("suza"))
        .await
        .unwrap();
    reset_password::execute(&world.services, &cora, juma, None)
        .await
        .unwrap();
    let open: Vec<_> = open_sessions(&world)
        .iter()
        .map(|session| session.tenant_id)
        .collect();
    assert_eq!(open, [Some(suza)]);
    signed_in(&world, "juma").await;
    sets_by_code(&world, "juma", "another horse altogether")
        .await
        .unwrap();
    try_sign_in(&world, "juma", "another horse altogether")
        .await
        .unwrap();
}

#[tokio::test]
async fn an_administrator_takes_a_lock_off() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    let untouched = unlock::execute(&world.services, &cora, asha, None).await.unwrap();
    for _ in 0..MAX_FAILURES {
        try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    }
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    let view = unlock::execute(&world.services, &cora, asha, None).await.unwrap();
    assert!(view.account.version > untouched.account.version);
    signed_in(&world, "asha").await;
    let unlocked = world.state().deeds().join(" ");
    assert_eq!(unlocked.matches("identity.unlock_user").count(), 1);
}

#[tokio::test]
async fn the_lock_of_somebody_whom_another_institution_has_too_ends_by_itself() {
    let world = World::new();
    let (juma, _) = juma_of_two_institutions(&world);
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refusal = unlock::execute(&world.services, &cora, juma, None)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "account_shared");
}

#[tokio::test]
async fn nobody_resets_or_unlocks_oneself_a_higher_role_or_a_stranger() {
    let world = World::new();
    let suza = world.institution("suza");
    let cora = world.with_roles("cora", &[Role::Coordinator]);
    let admin = world.with_roles("admin", &[Role::TenantAdmin]);
    let stranger = world.person("stranger");
    world.member(stranger, Some(suza), &[Role::Student]);
    let caller = world.caller(cora);
    for (subject, code) in [(admin, "forbidden"), (cora, "forbidden"), (stranger, "not_found")] {
        let answers = [
            reset_password::execute(&world.services, &caller, subject, None).await,
            unlock::execute(&world.services, &caller, subject, None).await,
        ];
        for answer in answers {
            assert_eq!(answer.unwrap_err().code(), code);
        }
    }
    let asha = world.caller(world.with_roles("asha", &[Role::Student]));
    let refusal = reset_password::execute(&world.services, &asha, cora, None)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    assert!(mails(&world).await.is_empty());
}
