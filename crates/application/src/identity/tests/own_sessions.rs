//! What a person sees of the own sessions, and ends.

use chrono::TimeDelta;
use ipt_domain::{
    id::{SessionId, UserId},
    identity::role::Role,
};
use ipt_ports::engagement::Kept;
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::{IdentityError, SignedIn, sign_in_to, signed_in};
use crate::{
    Caller, Origin,
    engagement::retention,
    identity::{
        authenticate, refresh,
        sessions::{end, end_others, list},
    },
    tests::World,
};

async fn caller(world: &World, session: &SignedIn) -> Result<Caller, IdentityError> {
    let token = session.access_token.expose_secret();
    authenticate::execute(&world.services, token, Origin::default()).await
}

async fn shown(world: &World, caller: &Caller) -> Vec<SessionId> {
    let sessions = list::execute(&world.services, caller).await.unwrap();
    sessions.iter().map(|session| session.id).collect()
}

#[tokio::test]
async fn a_person_sees_the_own_living_sessions_in_every_institution_the_current_one_first() {
    let world = World::new();
    let suza = world.institution("suza");
    let asha = world.with_roles("asha", &[Role::Student]);
    world.member(asha, Some(suza), &[Role::Student]);
    world.with_roles("juma", &[Role::Student]);
    let first = caller(&world, &signed_in(&world, "asha").await).await.unwrap();
    signed_in(&world, "juma").await;
    world.clock.advance(TimeDelta::minutes(1));
    let there = sign_in_to(&world, "asha", "correct horse asha", Some("suza"))
        .await
        .unwrap();
    let there = caller(&world, &there).await.unwrap();
    assert_eq!(there.tenant_id(), Some(suza));
    assert_eq!(shown(&world, &first).await, [first.session_id, there.session_id]);
    assert_eq!(shown(&world, &there).await, [there.session_id, first.session_id]);
}

#[tokio::test]
async fn a_session_that_can_be_refreshed_no_more_is_not_shown() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    world.clock.advance(TimeDelta::days(7));
    let current = caller(&world, &signed_in(&world, "asha").await).await.unwrap();
    assert_eq!(shown(&world, &current).await, [current.session_id]);
}

#[tokio::test]
async fn a_session_that_is_over_with_its_sign_in_is_not_shown() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let mut old = signed_in(&world, "asha").await;
    for _ in 0..5 {
        world.clock.advance(TimeDelta::days(5));
        old = refresh::execute(&world.services, &Origin::default(), &old.refresh_token)
            .await
            .unwrap();
    }
    world.clock.advance(TimeDelta::days(5));
    let current = caller(&world, &signed_in(&world, "asha").await).await.unwrap();
    assert_eq!(shown(&world, &current).await, [current.session_id]);
}

#[tokio::test]
async fn an_ended_session_is_refused_at_once_and_cannot_be_refreshed() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    let lost = signed_in(&world, "asha").await;
    let lost_caller = caller(&world, &lost).await.unwrap();
    let current = caller(&world, &signed_in(&world, "asha").await).await.unwrap();
    end::execute(&world.services, &current, lost_caller.session_id)
        .await
        .unwrap();
    assert!(matches!(
        caller(&world, &lost).await,
        Err(IdentityError::InvalidToken)
    ));
    let refreshed = refresh::execute(&world.services, &Origin::default(), &lost.refresh_token).await;
    assert!(matches!(refreshed, Err(IdentityError::InvalidToken)));
    assert_eq!(shown(&world, &current).await, [current.session_id]);
    assert_eq!(world.state().deeds().last(), Some(&"identity.end_session"));
    let again = end::execute(&world.services, &current, lost_caller.session_id).await;
    assert!(matches!(again, Err(IdentityError::SessionNotFound)));
}

#[tokio::test]
async fn somebody_elses_session_does_not_exist() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    world.with_roles("admin", &[Role::TenantAdmin]);
    let asha = signed_in(&world, "asha").await;
    let own = caller(&world, &asha).await.unwrap();
    let admin = caller(&world, &signed_in(&world, "admin").await).await.unwrap();
    for session in [own.session_id, SessionId::new(Uuid::from_u128(7))] {
        let refused = end::execute(&world.services, &admin, session).await;
        assert!(matches!(refused, Err(IdentityError::SessionNotFound)));
    }
    caller(&world, &asha).await.unwrap();
}

#[tokio::test]
async fn ending_the_others_keeps_the_current_session_and_other_peoples() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    world.with_roles("juma", &[Role::Student]);
    let others = [signed_in(&world, "asha").await, signed_in(&world, "asha").await];
    let juma = signed_in(&world, "juma").await;
    let current = signed_in(&world, "asha").await;
    let current = caller(&world, &current).await.unwrap();
    let left = end_others::execute(&world.services, &current).await.unwrap();
    assert_eq!(
        left.iter().map(|session| session.id).collect::<Vec<_>>(),
        [current.session_id]
    );
    for other in &others {
        assert!(caller(&world, other).await.is_err());
    }
    caller(&world, &juma).await.unwrap();
    let deeds = world.state().deeds().len();
    end_others::execute(&world.services, &current).await.unwrap();
    assert_eq!(
        world.state().deeds().len(),
        deeds,
        "nothing ended, and it was written down"
    );
}

/// How many sessions are cleared away.
async fn forgotten(world: &World) -> u64 {
    let all = retention::execute(&world.services).await.unwrap();
    all.iter().find(|past| past.kind == Kept::Sessions).unwrap().rows
}

#[tokio::test]
async fn sessions_are_forgotten_a_day_after_their_last_token_ran_out_and_none_that_lives() {
    let world = World::new();
    world.with_roles("asha", &[Role::Student]);
    signed_in(&world, "asha").await;
    world.clock.advance(TimeDelta::days(4));
    let living = signed_in(&world, "asha").await;
    world.clock.advance(TimeDelta::days(4));
    assert_eq!(forgotten(&world).await, 0);
    world.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(forgotten(&world).await, 1);
    let refreshed = refresh::execute(&world.services, &Origin::default(), &living.refresh_token).await;
    assert!(refreshed.is_ok());
    let owner: Vec<UserId> = world
        .state()
        .sessions
        .values()
        .map(|known| known.user_id)
        .collect();
    assert_eq!(owner.len(), 1);
}
