//! Sessions: access tokens, rotation and signing out.

use chrono::TimeDelta;
use ipt_domain::identity::{membership::MembershipStatus, permission::Permission, role::Role};
use secrecy::{ExposeSecret as _, SecretString};

use super::{IdentityError, SignedIn, juma_of_two_institutions, signed_in};
use crate::{
    Caller, Origin,
    identity::{authenticate, refresh, sign_out, switch_tenant},
    tests::World,
};

async fn refreshed(world: &World, token: &SecretString) -> Result<SignedIn, IdentityError> {
    refresh::execute(&world.services, &Origin::default(), token).await
}

async fn authenticated(world: &World, session: &SignedIn) -> Result<Caller, IdentityError> {
    let token = session.access_token.expose_secret();
    authenticate::execute(&world.services, token, Origin::default()).await
}

#[tokio::test]
async fn an_access_token_stands_for_the_person_until_it_runs_out() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    let caller = authenticated(&world, &session).await.unwrap();
    assert_eq!((caller.user_id(), caller.tenant_id()), (asha, Some(world.tenant)));
    assert!(caller.actor.may_here(Permission::LogbookWrite));
    world.clock.advance(TimeDelta::minutes(15));
    assert!(matches!(
        authenticated(&world, &session).await,
        Err(IdentityError::InvalidToken)
    ));
}

#[tokio::test]
async fn rights_that_are_gone_are_refused_at_once() {
    let world = World::new();
    let asha = world.person("asha");
    let membership = world.member(asha, Some(world.tenant), &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    world.change_membership(membership, |held| held.status = MembershipStatus::Disabled);
    assert!(matches!(
        authenticated(&world, &session).await,
        Err(IdentityError::InvalidToken)
    ));
    assert!(matches!(
        refreshed(&world, &session.refresh_token).await,
        Err(IdentityError::InvalidToken)
    ));
    world.change_membership(membership, |held| held.status = MembershipStatus::Active);
    let now = world.clock_now();
    world.change_account(asha, |account| account.disabled_at = Some(now));
    assert!(matches!(
        authenticated(&world, &session).await,
        Err(IdentityError::InvalidToken)
    ));
}

#[tokio::test]
async fn a_role_taken_away_is_gone_at_the_next_request() {
    let world = World::new();
    let asha = world.person("asha");
    let membership = world.member(asha, Some(world.tenant), &[Role::Coordinator]);
    let session = signed_in(&world, "asha").await;
    world.change_membership(membership, |held| held.roles = vec![Role::Student]);
    let caller = authenticated(&world, &session).await.unwrap();
    assert!(!caller.actor.may_here(Permission::UserManage));
}

#[tokio::test]
async fn a_refresh_token_is_rotated_at_each_use() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let first = signed_in(&world, "asha").await;
    world.clock.advance(TimeDelta::minutes(20));
    let second = refreshed(&world, &first.refresh_token).await.unwrap();
    assert_ne!(
        first.refresh_token.expose_secret(),
        second.refresh_token.expose_secret()
    );
    assert_eq!(second.me.roles, [Role::Student]);
    authenticated(&world, &second).await.unwrap();
    let state = world.state();
    assert_eq!((state.sessions.len(), state.tokens.len()), (1, 2));
}

#[tokio::test]
async fn a_used_token_within_ten_seconds_is_a_client_that_asked_twice() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let first = signed_in(&world, "asha").await;
    let one = refreshed(&world, &first.refresh_token).await.unwrap();
    world.clock.advance(TimeDelta::seconds(10));
    let other = refreshed(&world, &first.refresh_token).await.unwrap();
    refreshed(&world, &one.refresh_token).await.unwrap();
    refreshed(&world, &other.refresh_token).await.unwrap();
    assert_eq!(world.state().deeds(), ["identity.sign_in"]);
}

#[tokio::test]
async fn a_used_token_that_comes_back_later_ends_the_whole_family() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let first = signed_in(&world, "asha").await;
    let second = refreshed(&world, &first.refresh_token).await.unwrap();
    world.clock.advance(TimeDelta::milliseconds(10_001));
    let stolen = refreshed(&world, &first.refresh_token).await.unwrap_err();
    assert_eq!(stolen.code(), "invalid_token");
    assert!(matches!(
        refreshed(&world, &second.refresh_token).await,
        Err(IdentityError::InvalidToken)
    ));
    assert!(matches!(
        authenticated(&world, &second).await,
        Err(IdentityError::InvalidToken)
    ));
    assert_eq!(
        world.state().deeds(),
        ["identity.sign_in", "identity.refresh_token_reused"]
    );
}

#[tokio::test]
async fn a_refresh_token_lasts_seven_days() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    world.clock.advance(TimeDelta::days(7));
    assert!(matches!(
        refreshed(&world, &session.refresh_token).await,
        Err(IdentityError::InvalidToken)
    ));
}

#[tokio::test]
async fn a_token_is_kept_as_its_digest_only() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    let stored = format!("{:?}", world.state().tokens);
    assert!(!stored.contains(session.refresh_token.expose_secret()));
    let digests: Vec<_> = world.state().tokens.keys().copied().collect();
    assert_eq!(digests, [world.services.secrets.digest(&session.refresh_token)]);
}

#[tokio::test]
async fn signing_out_ends_the_session_with_its_access_tokens() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    let origin = Origin::default();
    sign_out::execute(&world.services, &origin, &session.refresh_token)
        .await
        .unwrap();
    assert!(matches!(
        authenticated(&world, &session).await,
        Err(IdentityError::InvalidToken)
    ));
    // Twice, or with a token that is unknown, is no error.
    sign_out::execute(&world.services, &origin, &session.refresh_token)
        .await
        .unwrap();
    sign_out::execute(&world.services, &origin, &SecretString::from("unknown"))
        .await
        .unwrap();
    assert_eq!(world.state().deeds(), ["identity.sign_in", "identity.sign_out"]);
}

/// Refreshes once a day, as often as that goes; on how many days it did.
async fn refreshed_daily(world: &World, mut session: SignedIn) -> u32 {
    for day in 0..100 {
        world.clock.advance(TimeDelta::days(1));
        match refreshed(world, &session.refresh_token).await {
            Ok(fresh) => session = fresh,
            Err(IdentityError::InvalidToken) => return day,
            Err(error) => panic!("{error}"),
        }
    }
    100
}

#[tokio::test]
async fn however_often_it_is_refreshed_a_sign_in_ends_after_thirty_days() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let session = signed_in(&world, "asha").await;
    assert_eq!(refreshed_daily(&world, session).await, 29);
}

#[tokio::test]
async fn no_access_token_outlives_the_sign_in() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let mut session = signed_in(&world, "asha").await;
    for _ in 0..29 {
        world.clock.advance(TimeDelta::days(1));
        session = refreshed(&world, &session.refresh_token).await.unwrap();
    }
    world.clock.advance(TimeDelta::days(1) - TimeDelta::seconds(60));
    let last = refreshed(&world, &session.refresh_token).await.unwrap();
    assert_eq!(last.expires_in, 60);
    world.clock.advance(TimeDelta::seconds(60));
    assert!(matches!(
        authenticated(&world, &last).await,
        Err(IdentityError::InvalidToken)
    ));
}

#[tokio::test]
async fn going_to_another_institution_does_not_make_a_sign_in_longer() {
    let world = World::new();
    juma_of_two_institutions(&world);
    let session = signed_in(&world, "juma").await;
    world.clock.advance(TimeDelta::days(6));
    let session = refreshed(&world, &session.refresh_token).await.unwrap();
    let caller = authenticated(&world, &session).await.unwrap();
    let there = switch_tenant::Command {
        tenant: "suza".to_owned(),
        reason: None,
    };
    let there = switch_tenant::execute(&world.services, &caller, &there)
        .await
        .unwrap();
    assert_eq!(refreshed_daily(&world, there).await, 23);
}
