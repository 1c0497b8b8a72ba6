//! Setting a new password: by a code from the mail, and by the current one.

use std::sync::Arc;

use chrono::TimeDelta;
use ipt_domain::identity::{lockout::MAX_FAILURES, mailed_secret::MAX_MAILS, role::Role};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    IdentityError, codes, confirms, mailed_code, mails, open_sessions, other_than, signed_in, try_sign_in,
};
use crate::{
    Caller, Origin,
    identity::{authenticate, change_password, password_reset::request},
    tests::World,
};

async fn asks(world: &World, name: &str) {
    let email = format!("{name}@uni.example");
    request::execute(&world.services, &Origin::default(), &email)
        .await
        .unwrap();
}

async fn changes(world: &World, caller: &Caller, current: &str, new: &str) -> Result<(), IdentityError> {
    let command = change_password::Command {
        current_password: SecretString::from(current),
        new_password: SecretString::from(new),
    };
    change_password::execute(&world.services, caller, command).await
}

/// Somebody who has just signed in.
async fn caller(world: &World, name: &str) -> Caller {
    let session = signed_in(world, name).await;
    let token = session.access_token.expose_secret();
    authenticate::execute(&world.services, token, Origin::default())
        .await
        .unwrap()
}

/// How often the only code that there is was tried.
fn tries(world: &World) -> u32 {
    let state = world.state();
    let tries: Vec<_> = state.mailed_secrets.values().map(|secret| secret.tries).collect();
    assert_eq!(tries.len(), 1);
    tries[0]
}

/// How many messages and records there are.
fn left(world: &World) -> (usize, usize) {
    let state = world.state();
    (state.outbox.len(), state.records.len())
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_code_and_every_session_ends() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    for _ in 0..MAX_FAILURES {
        try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    }
    asks(&world, "ASHA").await;
    let code = mailed_code(&world, "asha").await;
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap();
    assert!(open_sessions(&world).is_empty());
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    try_sign_in(&world, "asha", "another horse altogether")
        .await
        .unwrap();
    assert_eq!(mails(&world).await.last().unwrap().subject, "password_changed");
    let state = world.state();
    assert_eq!(
        state.accounts[&asha].account.lockout.failures(),
        0,
        "the lock is gone"
    );
    let deeds = state.deeds();
    assert!(deeds.contains(&"identity.request_password_reset") && deeds.contains(&"identity.reset_password"));
}

#[tokio::test]
async fn a_code_sets_one_password() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap();
    let again = confirms(&world, "asha", &code, "a third horse altogether")
        .await
        .unwrap_err();
    assert_eq!(again.code(), "invalid_code");
}

#[tokio::test]
async fn a_refused_new_password_spends_neither_code_nor_try() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    for _ in 0..10 {
        let refusal = confirms(&world, "asha", &code, "weak").await.unwrap_err();
        assert_eq!(codes(&refusal), ["password_too_short", "password_too_weak"]);
    }
    let IdentityError::Rules(rules) = confirms(&world, "asha", &code, "asha@uni.example")
        .await
        .unwrap_err()
    else {
        panic!("the rules are broken");
    };
    assert_eq!(rules.iter().next().unwrap().pointer(), "/new_password");
    assert_eq!(tries(&world), 0);
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap();
    assert!(world.state().accounts[&asha].account.is_verified());
}

#[tokio::test]
async fn what_is_refused_for_the_name_is_told_to_whoever_has_the_code_only() {
    let mut world = World::new();
    world.services.strength = Arc::new(ipt_testkit::memory::WordListStrength);
    let asha = world.with_roles("asha", &[Role::Student]);
    world.change_account(asha, |account| {
        account.full_name = ipt_domain::identity::name::PersonName::parse("Asha Kimaro").unwrap();
    });
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    let wrong = other_than(&code);
    for (name, code) in [("asha", wrong), ("nobody", wrong)] {
        let refusal = confirms(&world, name, code, "kimaro and a horse")
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "invalid_code", "{name}");
    }
    let before = tries(&world);
    let refusal = confirms(&world, "asha", &code, "kimaro and a horse")
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "password_too_weak");
    assert_eq!(tries(&world), before, "and it spent no try");
    confirms(&world, "asha", &code, "correct battery staple")
        .await
        .unwrap();
}

#[tokio::test]
async fn five_wrong_codes_are_the_end_of_it() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    let wrong = other_than(&code);
    for _ in 0..5 {
        confirms(&world, "asha", wrong, "another horse altogether")
            .await
            .unwrap_err();
    }
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap_err();
    signed_in(&world, "asha").await;
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    world.clock.advance(TimeDelta::minutes(10));
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap_err();
}

#[tokio::test]
async fn an_unknown_address_is_answered_alike_after_the_same_work() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let disabled = world.with_roles("gone", &[Role::Student]);
    let now = world.clock_now();
    world.change_account(disabled, |account| account.disabled_at = Some(now));
    for name in ["nobody", "gone", "asha"] {
        let before = left(&world);
        let hashed = world.hasher.hashed();
        asks(&world, name).await;
        let refusal = confirms(&world, name, "00000000", "another horse altogether")
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "invalid_code");
        assert_eq!(left(&world), (before.0 + 1, before.1 + 2), "{name}");
        assert_eq!(world.hasher.hashed(), hashed + 1, "{name}");
    }
    let to: Vec<_> = mails(&world)
        .await
        .into_iter()
        .map(|mail| mail.to_address)
        .collect();
    assert_eq!(to, ["asha@uni.example"]);
}

#[tokio::test]
async fn nobody_is_flooded_with_codes() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let mut codes = std::collections::BTreeSet::new();
    for _ in 0..MAX_MAILS + 3 {
        asks(&world, "asha").await;
        codes.insert(mailed_code(&world, "asha").await);
    }
    assert_eq!(mails(&world).await.len(), 5);
    assert_eq!(codes.len(), 5);
    world.clock.advance(TimeDelta::hours(1));
    asks(&world, "asha").await;
    assert_eq!(mails(&world).await.len(), 6);
}

#[tokio::test]
async fn whoever_resets_before_verifying_has_shown_that_the_mailbox_is_the_own() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    world.change_account(asha, |account| account.email_verified_at = None);
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    confirms(&world, "asha", &code, "another horse altogether")
        .await
        .unwrap();
    try_sign_in(&world, "asha", "another horse altogether")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    let here = caller(&world, "asha").await;
    asks(&world, "asha").await;
    let code = mailed_code(&world, "asha").await;
    changes(&world, &here, "correct horse asha", "another horse altogether")
        .await
        .unwrap();
    let open: Vec<_> = open_sessions(&world).iter().map(|session| session.id).collect();
    assert_eq!(open, [here.session_id]);
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    try_sign_in(&world, "asha", "another horse altogether")
        .await
        .unwrap();
    assert_eq!(mails(&world).await.last().unwrap().subject, "password_changed");
    assert!(world.state().deeds().contains(&"identity.change_password"));
    let late = confirms(&world, "asha", &code, "a third horse altogether").await;
    assert_eq!(
        late.unwrap_err().code(),
        "invalid_code",
        "the code asked for before is void"
    );
}

#[tokio::test]
async fn a_wrong_current_password_counts_toward_the_lock() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let here = caller(&world, "asha").await;
    for _ in 0..MAX_FAILURES {
        let refusal = changes(&world, &here, "wrong", "another horse altogether")
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "invalid_credentials");
    }
    let locked = changes(&world, &here, "correct horse asha", "another horse altogether")
        .await
        .unwrap_err();
    assert_eq!(locked.code(), "invalid_credentials");
    try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    let refused = world.state().deeds().join(" ");
    assert_eq!(refused.matches("identity.change_password_refused").count(), 6);
    world.clock.advance(TimeDelta::minutes(15));
    changes(&world, &here, "correct horse asha", "another horse altogether")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_refused_new_password_is_no_failure() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let here = caller(&world, "asha").await;
    for _ in 0..MAX_FAILURES {
        let refusal = changes(&world, &here, "wrong", "weak").await.unwrap_err();
        assert_eq!(codes(&refusal), ["password_too_short", "password_too_weak"]);
    }
    assert_eq!(world.state().accounts[&asha].account.lockout.failures(), 0);
}
