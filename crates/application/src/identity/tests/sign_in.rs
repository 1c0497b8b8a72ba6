//! Signing in.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use ipt_domain::identity::{lockout::MAX_FAILURES, membership::MembershipStatus, role::Role};

use ipt_ports::identity::{PasswordHash, PasswordHashError, PasswordHasher};
use secrecy::SecretString;

use super::{IdentityError, juma_of_two_institutions, sign_in_to, signed_in, try_sign_in};
use crate::tests::World;

mockall::mock! {
    Hasher {}

    #[async_trait]
    impl PasswordHasher for Hasher {
        async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordHashError>;
        async fn verify(
            &self,
            password: SecretString,
            hash: Option<PasswordHash>,
        ) -> Result<bool, PasswordHashError>;
    }
}

#[tokio::test]
async fn a_member_signs_in_and_is_told_who_one_is() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let signed_in = signed_in(&world, "asha").await;
    assert_eq!(signed_in.expires_in, 900);
    assert_eq!(signed_in.me.account.id, asha);
    assert_eq!(signed_in.me.tenant.unwrap().code, "udsm");
    assert_eq!(signed_in.me.roles, [Role::Student]);
    assert_eq!(signed_in.me.permissions, Role::Student.permissions());
    let state = world.state();
    assert_eq!(state.deeds(), ["identity.sign_in"]);
    assert_eq!(state.sessions.len(), 1);
    assert_eq!(state.accounts[&asha].account.last_tenant, Some(world.tenant));
}

#[tokio::test]
async fn an_unknown_address_a_wrong_password_and_a_locked_account_are_answered_alike() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let unknown = try_sign_in(&world, "nobody", "correct horse nobody")
        .await
        .unwrap_err();
    let wrong = try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    for _ in 1..MAX_FAILURES {
        try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    }
    let now = world.clock_now();
    assert!(world.state().accounts[&asha].account.lockout.is_locked(now));
    let locked = try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    for refusal in [unknown, wrong, locked] {
        assert_eq!(refusal.code(), "invalid_credentials");
    }
    // The same work each time: one hash and one record.
    assert_eq!(world.hasher.verified(), 7);
    assert_eq!(world.state().deeds(), ["identity.sign_in_refused"; 7]);
}

#[tokio::test]
async fn text_that_is_no_address_costs_a_hash_too() {
    let world = World::new();
    let refusal = try_sign_in(&world, "no address", "x").await.unwrap_err();
    assert!(matches!(refusal, IdentityError::InvalidCredentials));
    assert_eq!(world.hasher.verified(), 1);
}

#[tokio::test]
async fn the_lock_ends_by_itself_and_a_success_clears_the_count() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    for _ in 0..MAX_FAILURES {
        try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    }
    world.clock.advance(TimeDelta::minutes(15));
    signed_in(&world, "asha").await;
    assert_eq!(world.state().accounts[&asha].account.lockout.failures(), 0);
    // One slip afterwards does not lock again.
    try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    signed_in(&world, "asha").await;
}

#[tokio::test]
async fn a_failure_counts_even_when_another_was_faster() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    world.database.lose_races(2);
    try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    assert_eq!(world.state().accounts[&asha].account.lockout.failures(), 1);
}

#[tokio::test]
async fn an_unverified_address_is_told_so_after_the_right_password_only() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    world.change_account(asha, |account| account.email_verified_at = None);
    let wrong = try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    assert!(matches!(wrong, IdentityError::InvalidCredentials));
    let right = try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    assert_eq!(right.code(), "email_not_verified");
    assert!(world.state().sessions.is_empty());
}

#[tokio::test]
async fn a_disabled_account_and_one_without_an_active_membership_do_not_get_in() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let now = world.clock_now();
    world.change_account(asha, |account| account.disabled_at = Some(now));
    let baraka = world.person("baraka");
    let membership = world.member(baraka, Some(world.tenant), &[Role::Student]);
    world.change_membership(membership, |held| held.status = MembershipStatus::Disabled);
    world.person("stray");
    for name in ["asha", "baraka", "stray"] {
        let refusal = try_sign_in(&world, name, &format!("correct horse {name}"))
            .await
            .unwrap_err();
        assert!(matches!(refusal, IdentityError::InvalidCredentials), "{name}");
    }
}

#[tokio::test]
async fn the_institution_is_the_one_named_else_the_last_used_else_the_oldest() {
    let world = World::new();
    juma_of_two_institutions(&world);
    let code = |signed_in: super::SignedIn| signed_in.me.tenant.unwrap().code;
    assert_eq!(code(signed_in(&world, "juma").await), "udsm");
    let named = sign_in_to(&world, "juma", "correct horse juma", Some("SUZA"))
        .await
        .unwrap();
    assert_eq!(code(named), "suza");
    assert_eq!(code(signed_in(&world, "juma").await), "suza");
    let elsewhere = sign_in_to(&world, "juma", "correct horse juma", Some("mit"))
        .await
        .unwrap_err();
    assert!(matches!(elsewhere, IdentityError::InvalidCredentials));
}

#[tokio::test]
async fn while_a_password_is_hashed_no_connection_is_held() {
    for (name, known) in [("asha", true), ("nobody", false)] {
        let mut world = World::new();
        world.with_roles("asha", &[Role::Student]);
        let database = world.database.clone();
        let mut hasher = MockHasher::new();
        hasher.expect_verify().once().returning(move |_, hash| {
            assert_eq!(database.open_now(), 0);
            assert_eq!(hash.is_some(), known);
            Ok(known)
        });
        world.services.passwords = Arc::new(hasher);
        let answer = try_sign_in(&world, name, "whatever it is").await;
        assert_eq!(answer.is_ok(), known);
    }
}

#[tokio::test]
async fn a_hail_of_wrong_guesses_is_answered_like_any_other() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    world.database.lose_races(4);
    let refusal = try_sign_in(&world, "asha", "wrong").await.unwrap_err();
    assert!(matches!(refusal, IdentityError::InvalidCredentials));
    assert_eq!(world.state().deeds(), ["identity.sign_in_refused"]);
}

#[tokio::test]
async fn too_many_waiting_passwords_are_no_wrong_password() {
    let mut world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let mut hasher = MockHasher::new();
    hasher
        .expect_verify()
        .once()
        .returning(|_, _| Err(PasswordHashError::Busy));
    world.services.passwords = Arc::new(hasher);
    let refusal = try_sign_in(&world, "asha", "correct horse asha")
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "unavailable");
    assert_eq!(world.state().accounts[&asha].account.lockout.failures(), 0);
}
