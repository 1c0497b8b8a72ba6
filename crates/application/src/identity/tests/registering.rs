//! Registering oneself and verifying the address.

use chrono::TimeDelta;
use ipt_domain::identity::{mailed_secret::MAX_MAILS, role::Role};
use ipt_ports::engagement::Kept;
use secrecy::SecretString;

use super::{IdentityError, codes, confirms, mailed_code, mails, other_than, signed_in, try_sign_in};
use crate::{
    Origin,
    engagement::retention,
    identity::{password_reset::request, register, resend_verification, users::create, verify_email},
    tenancy::{Changes, update},
    tests::World,
};

fn applicant(name: &str, password: &str) -> register::Command {
    register::Command {
        email: format!("{name}@uni.example"),
        password: SecretString::from(password.to_owned()),
        full_name: name.to_owned(),
        tenant: "udsm".to_owned(),
    }
}

async fn registers(world: &World, name: &str, password: &str) {
    let command = applicant(name, password);
    register::execute(&world.services, &Origin::default(), command)
        .await
        .unwrap();
}

async fn verifies(world: &World, name: &str, code: &str) -> Result<(), IdentityError> {
    let email = format!("{name}@uni.example");
    let code = SecretString::from(code);
    verify_email::execute(&world.services, &Origin::default(), &email, &code).await
}

async fn asks_again(world: &World, name: &str) {
    let email = format!("{name}@uni.example");
    resend_verification::execute(&world.services, &Origin::default(), &email)
        .await
        .unwrap();
}

#[tokio::test]
async fn whoever_registers_is_a_student_once_the_address_is_verified() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    let early = try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    assert_eq!(early.code(), "email_not_verified");
    let code = mailed_code(&world, "asha").await;
    verifies(&world, "asha", &code).await.unwrap();
    let me = signed_in(&world, "asha").await.me;
    assert_eq!(me.roles, [Role::Student]);
    assert_eq!(me.tenant.unwrap().code, "udsm");
    let deeds = world.state().deeds().join(" ");
    assert_eq!(
        deeds,
        "identity.register identity.sign_in_refused identity.verify_email identity.sign_in"
    );
}

#[tokio::test]
async fn everything_wrong_with_a_registration_is_told_together() {
    let world = World::new();
    let command = register::Command {
        email: "no address".to_owned(),
        full_name: " ".to_owned(),
        tenant: "nowhere".to_owned(),
        ..applicant("asha", "weak")
    };
    let refusal = register::execute(&world.services, &Origin::default(), command)
        .await
        .unwrap_err();
    assert_eq!(
        codes(&refusal),
        ["email_invalid", "text_required", "registration_closed"]
    );
    let refusal = register::execute(&world.services, &Origin::default(), applicant("asha", "weak"))
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["password_too_short", "password_too_weak"]);
    assert!(world.state().accounts.is_empty() && world.state().outbox.is_empty());
}

#[tokio::test]
async fn an_institution_that_takes_no_registrations_is_like_none() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let closed = update::Command {
        seen: None,
        changes: Changes {
            self_registration: Some(false),
            ..Changes::default()
        },
    };
    update::execute(&world.services, &admin, &closed).await.unwrap();
    let command = applicant("asha", "correct horse asha");
    let refusal = register::execute(&world.services, &Origin::default(), command)
        .await
        .unwrap_err();
    let nowhere = register::Command {
        tenant: "nowhere".to_owned(),
        ..applicant("asha", "correct horse asha")
    };
    let unknown = register::execute(&world.services, &Origin::default(), nowhere)
        .await
        .unwrap_err();
    assert_eq!(refusal.to_string(), unknown.to_string());
    assert_eq!(refusal.code(), "registration_closed");
}

#[tokio::test]
async fn of_a_known_person_nothing_changes_and_the_person_is_told() {
    let world = World::new();
    let asha = world.person("asha");
    registers(
        &world,
        "ASHA",
        "another password entirely".replace("password", "phrase").as_str(),
    )
    .await;
    let told = mails(&world).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].to_address.as_str(), told[0].subject.as_str()),
        ("asha@uni.example", "registration_attempt")
    );
    assert!(!told[0].text.contains("code"), "{}", told[0].text);
    assert!(world.state().memberships.is_empty());
    assert_eq!(world.state().accounts[&asha].account.full_name.as_str(), "asha");
    world.member(asha, Some(world.tenant), &[Role::UniversitySupervisor]);
    signed_in(&world, "asha").await;
}

#[tokio::test]
async fn nobody_is_flooded_with_notices_or_codes() {
    let world = World::new();
    world.person("asha");
    for _ in 0..=MAX_MAILS {
        registers(&world, "asha", "correct horse battery").await;
        registers(&world, "baraka", "correct horse baraka").await;
        asks_again(&world, "baraka").await;
    }
    let told = mails(&world).await;
    let to = |address: &str| told.iter().filter(|mail| mail.to_address == address).count();
    // Of the codes only the last one is good, so that it alone is sent.
    assert_eq!((to("asha@uni.example"), to("baraka@uni.example")), (5, 1));
}

#[tokio::test]
async fn whoever_registers_again_before_verifying_gets_the_password_of_that_code() {
    let world = World::new();
    registers(&world, "asha", "first correct horse").await;
    let first = mailed_code(&world, "asha").await;
    registers(&world, "asha", "second correct horse").await;
    let second = mailed_code(&world, "asha").await;
    let refusal = verifies(&world, "asha", &first).await.unwrap_err();
    assert_eq!(refusal.code(), "invalid_code");
    verifies(&world, "asha", &second).await.unwrap();
    try_sign_in(&world, "asha", "first correct horse")
        .await
        .unwrap_err();
    try_sign_in(&world, "asha", "second correct horse").await.unwrap();
    assert_eq!(world.state().accounts.len(), 1);
    assert_eq!(world.state().memberships.len(), 1);
}

#[tokio::test]
async fn a_registration_that_cannot_be_mailed_changes_nothing() {
    let world = World::new();
    for number in 0..MAX_MAILS {
        registers(&world, "asha", &format!("correct horse {number}")).await;
    }
    let code = mailed_code(&world, "asha").await;
    registers(&world, "asha", "one too many horses").await;
    verifies(&world, "asha", &code).await.unwrap();
    try_sign_in(&world, "asha", "correct horse 4").await.unwrap();
}

#[tokio::test]
async fn a_code_is_tried_five_times_and_used_once() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    let code = mailed_code(&world, "asha").await;
    let wrong = other_than(&code);
    // What cannot be a code is no try.
    verifies(&world, "asha", "1234567").await.unwrap_err();
    for _ in 0..4 {
        let refusal = verifies(&world, "asha", wrong).await.unwrap_err();
        assert_eq!(refusal.code(), "invalid_code");
    }
    let spaced = format!("{} {}", &code[..4], &code[4..]);
    verifies(&world, "asha", &spaced).await.unwrap();
    verifies(&world, "asha", &code).await.unwrap_err();

    registers(&world, "baraka", "correct horse baraka").await;
    let code = mailed_code(&world, "baraka").await;
    let wrong = other_than(&code);
    for _ in 0..5 {
        verifies(&world, "baraka", wrong).await.unwrap_err();
    }
    verifies(&world, "baraka", &code).await.unwrap_err();
    asks_again(&world, "baraka").await;
    let again = mailed_code(&world, "baraka").await;
    verifies(&world, "baraka", &again).await.unwrap();
}

#[tokio::test]
async fn a_code_runs_out_after_ten_minutes() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    let code = mailed_code(&world, "asha").await;
    world.clock.advance(TimeDelta::minutes(10));
    verifies(&world, "asha", &code).await.unwrap_err();
    asks_again(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    world
        .clock
        .advance(TimeDelta::minutes(10) - TimeDelta::microseconds(1));
    verifies(&world, "asha", &code).await.unwrap();
}

#[tokio::test]
async fn a_code_that_comes_too_late_is_not_sent() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    world.clock.advance(TimeDelta::minutes(10));
    assert!(mails(&world).await.is_empty());
}

#[tokio::test]
async fn an_address_that_nobody_has_is_answered_alike_and_nothing_is_sent() {
    let world = World::new();
    world.person("verified");
    for name in ["nobody", "verified"] {
        let before = world.state().records.len();
        asks_again(&world, name).await;
        let refusal = verifies(&world, name, "12345678").await.unwrap_err();
        assert_eq!(refusal.code(), "invalid_code");
        assert_eq!(world.state().records.len(), before + 2, "{name}");
        assert_eq!(world.state().outbox.len(), before / 2 + 1, "{name}");
    }
    assert!(mails(&world).await.is_empty());
    for text in ["no address", ""] {
        let refusal = resend_verification::execute(&world.services, &Origin::default(), text)
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "email_invalid");
    }
}

#[tokio::test]
async fn neither_the_outbox_nor_the_trail_holds_a_code() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    let code = mailed_code(&world, "asha").await;
    verifies(&world, "asha", &code).await.unwrap();
    let state = world.state();
    for queued in state.outbox.values() {
        let payload = queued.message.payload.to_string();
        assert!(!payload.contains(&code) && !payload.contains('@'), "{payload}");
    }
    for entry in state.trail() {
        let detail = entry.detail.as_ref().unwrap().values.to_string();
        assert!(!detail.contains(&code) && !detail.contains("horse"), "{detail}");
    }
}

#[tokio::test]
async fn a_registration_that_loses_a_race_is_the_second_of_two() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    world.database.lose_races(1);
    registers(&world, "asha", "correct horse again").await;
    assert_eq!(world.state().accounts.len(), 1);
    let code = mailed_code(&world, "asha").await;
    world.database.lose_races(2);
    verifies(&world, "asha", &code).await.unwrap();
    let secret = *world.state().mailed_secrets.values().next().unwrap();
    assert_eq!(secret.tries, 1, "a try that was rolled back is none");
}

#[tokio::test]
async fn whoever_loses_every_race_is_answered_like_those_who_win() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    world.database.lose_races(4);
    registers(&world, "asha", "correct horse again").await;
    world.database.lose_races(4);
    asks_again(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    verifies(&world, "asha", &code).await.unwrap();
    try_sign_in(&world, "asha", "correct horse asha").await.unwrap();
}

#[tokio::test]
async fn an_institution_may_add_somebody_who_has_registered_only() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    let suza = world.institution("suza");
    let cora = world.person("cora");
    world.member(cora, Some(suza), &[Role::Coordinator]);
    let command = create::Command {
        profile: crate::identity::profiles::ProfileChange::default(),
        email: "asha@uni.example".to_owned(),
        full_name: "Somebody Else".to_owned(),
        roles: vec![Role::UniversitySupervisor.into()],
        password: None,
        organisation_id: None,
    };
    let view = create::execute(&world.services, &world.caller_in(cora, Some(suza)), &command)
        .await
        .unwrap();
    assert_eq!(view.account.full_name.as_str(), "asha");
    assert!(!view.account.is_verified(), "nobody vouched for the address");
}

/// How many codes are cleared away.
async fn cleared(world: &World) -> u64 {
    let all = retention::execute(&world.services).await.unwrap();
    all.iter().find(|past| past.kind == Kept::Secrets).unwrap().rows
}

#[tokio::test]
async fn codes_that_ran_out_are_cleared_away_once_they_do_not_count_any_more() {
    let world = World::new();
    registers(&world, "asha", "correct horse asha").await;
    asks_again(&world, "nobody").await;
    world.clock.advance(TimeDelta::minutes(70));
    assert_eq!(cleared(&world).await, 0);
    world.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(cleared(&world).await, 2);
    assert!(world.state().mailed_secrets.is_empty());
}

#[tokio::test]
async fn no_stranger_writes_to_people_through_the_name_that_is_registered() {
    let world = World::new();
    let command = register::Command {
        full_name: "You won: https://evil.example/claim".to_owned(),
        ..applicant("asha", "correct horse asha")
    };
    register::execute(&world.services, &Origin::default(), command)
        .await
        .unwrap();
    request::execute(&world.services, &Origin::default(), "asha@uni.example")
        .await
        .unwrap();
    let sent = mails(&world).await;
    assert_eq!(sent.len(), 2);
    for mail in sent {
        assert_eq!(mail.to_name, "");
        assert!(
            !mail.text.contains("evil") && mail.text.contains("asha@uni.example"),
            "{}",
            mail.text
        );
    }
    let code = mailed_code(&world, "asha").await;
    confirms(&world, "asha", &code, "correct horse battery")
        .await
        .unwrap();
    // Whoever reads the mailbox has a name of the own choice.
    assert_eq!(
        mails(&world).await.last().unwrap().to_name,
        "You won: https://evil.example/claim"
    );
}
