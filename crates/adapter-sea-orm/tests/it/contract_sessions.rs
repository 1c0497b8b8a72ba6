//! Sessions, refresh tokens, and who stands behind a session.

use chrono::TimeDelta;
use futures_util::future::join_all;
use ipt_domain::{
    id::{SessionId, TenantId, UserId},
    identity::role::Role,
    text::Remark,
};
use ipt_ports::{
    Database as _, Scope, SystemScope,
    engagement::Kept,
    identity::{DeviceSeen, RefreshToken, Session},
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const SIGN_IN: Scope = Scope::System(SystemScope::SignIn);

fn token(session: SessionId, byte: u8) -> RefreshToken {
    RefreshToken {
        digest: [byte; 32],
        session_id: session,
        issued_at: at("08:00:00"),
        expires_at: at("08:00:00") + TimeDelta::days(7),
        used_at: None,
    }
}

async fn open(fixture: &Fixture, user: UserId, tenant: Option<TenantId>, byte: u8) -> Session {
    let session = Session {
        entered_for: Remark::parse(Some("ticket 7")).unwrap(),
        id: fixture.id(),
        user_id: user,
        tenant_id: tenant,
        device: "A phone".to_owned(),
        address: "10.0.0.1".to_owned(),
        created_at: at("08:00:00"),
        signed_in_at: at("07:00:00"),
        last_used_at: at("08:00:00"),
        ended_at: None,
    };
    let mut unit = fixture.begin(SIGN_IN).await;
    unit.people()
        .open_session(&session, &token(session.id, byte))
        .await
        .unwrap();
    unit.commit().await.unwrap();
    session
}

async fn is_alive(fixture: &Fixture, session: SessionId) -> bool {
    let principal = fixture
        .read(SIGN_IN)
        .await
        .people()
        .principal(session)
        .await
        .unwrap()
        .unwrap();
    principal.session.ended_at.is_none()
}

on_every_database! {
    async fn the_person_behind_a_session_is_found_in_one_statement(fixture: &SqlFixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let first = fixture.membership(user, Some(udsm), &[Role::Student, Role::Coordinator]).await;
        let second = fixture.membership(user, Some(ardhi), &[]).await;
        let third = fixture.membership(user, None, &[Role::Superadmin]).await;
        let session = open(fixture, user, Some(udsm), 1).await;
        let mut reader = fixture.read(SIGN_IN).await;
        let before = fixture.database.statements();
        let principal = reader.people().principal(session.id).await.unwrap().unwrap();
        assert_eq!(fixture.database.statements() - before, 1);
        assert_eq!(principal.session, session);
        assert_eq!(principal.account.full_name.as_str(), "Asha Mushi");
        assert_eq!(principal.memberships, [first.clone(), second, third]);
        assert!(reader.people().principal(fixture.id()).await.unwrap().is_none());
        drop(reader);
        let in_scope = fixture.read(Scope::tenant(udsm)).await.people().principal(session.id).await.unwrap().unwrap();
        assert_eq!(in_scope.memberships, [first]);
    }

    async fn the_person_behind_a_request_is_found_in_one_round_trip_with_all_memberships(fixture: &SqlFixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let first = fixture.membership(user, Some(udsm), &[Role::Student, Role::Coordinator]).await;
        let second = fixture.membership(user, Some(ardhi), &[]).await;
        let third = fixture.membership(user, None, &[Role::Superadmin]).await;
        let session = open(fixture, user, Some(udsm), 1).await;
        let before = fixture.database.statements();
        let principal = fixture.database.principal(session.id).await.unwrap().unwrap();
        assert_eq!(fixture.database.statements() - before, 1);
        assert_eq!(principal.session, session);
        assert_eq!(principal.memberships, [first, second, third]);
        assert!(fixture.database.principal(fixture.id()).await.unwrap().is_none());
        let nobody = fixture.account("Nobody", "nobody@example.org").await;
        let session = open(fixture, nobody, None, 2).await;
        let principal = fixture.database.principal(session.id).await.unwrap().unwrap();
        assert!(principal.memberships.is_empty());
    }

    async fn somebody_without_any_membership_stands_behind_a_session_too(fixture: &Fixture) {
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let session = open(fixture, user, None, 1).await;
        let principal = fixture.read(SIGN_IN).await.people().principal(session.id).await.unwrap().unwrap();
        assert!(principal.memberships.is_empty());
    }

    async fn a_session_is_found_by_each_of_its_tokens(fixture: &Fixture) {
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let session = open(fixture, user, None, 1).await;
        let mut unit = fixture.begin(SIGN_IN).await;
        assert!(unit.people().rotate(&token(session.id, 1), &token(session.id, 2), at("09:00:00")).await.unwrap());
        unit.people().add_token(&token(session.id, 3)).await.unwrap();
        unit.commit().await.unwrap();
        let mut reader = fixture.read(SIGN_IN).await;
        let (found, spent) = reader.people().session_by_token(&[1; 32]).await.unwrap().unwrap();
        assert_eq!(found, Session { last_used_at: at("09:00:00"), ..session.clone() });
        assert_eq!(spent, RefreshToken { used_at: Some(at("09:00:00")), ..token(session.id, 1) });
        for byte in [2, 3] {
            let (_, fresh) = reader.people().session_by_token(&[byte; 32]).await.unwrap().unwrap();
            assert_eq!(fresh, token(session.id, byte));
        }
        assert!(reader.people().session_by_token(&[4; 32]).await.unwrap().is_none());
    }

    async fn of_ten_that_use_a_token_at_once_one_succeeds(fixture: &Fixture) {
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let session = open(fixture, user, None, 1).await;
        let attempt = async |byte: u8| {
            let mut unit = fixture.begin(SIGN_IN).await;
            let won = unit.people().rotate(&token(session.id, 1), &token(session.id, byte), at("09:00:00")).await.unwrap();
            unit.commit().await.unwrap();
            won
        };
        let won = join_all((10..20).map(attempt)).await;
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        let mut reader = fixture.read(SIGN_IN).await;
        let mut successors = 0;
        for byte in 10..20 {
            successors += usize::from(reader.people().session_by_token(&[byte; 32]).await.unwrap().is_some());
        }
        assert_eq!(successors, 1, "whoever lost leaves no token behind");
    }

    async fn an_ended_session_stays_ended_since_the_first_time(fixture: &Fixture) {
        let user = fixture.account("Asha Mushi", "asha@example.org").await;
        let session = open(fixture, user, None, 1).await;
        let mut unit = fixture.begin(OPERATOR).await;
        assert!(unit.people().end_session(session.id, at("10:00:00")).await.unwrap());
        assert!(!unit.people().end_session(session.id, at("11:00:00")).await.unwrap(), "it had ended");
        assert!(!unit.people().end_session(fixture.id(), at("11:00:00")).await.unwrap(), "there is none");
        unit.commit().await.unwrap();
        let principal = fixture.read(SIGN_IN).await.people().principal(session.id).await.unwrap().unwrap();
        assert_eq!(principal.session.ended_at, Some(at("10:00:00")));
    }

    async fn ending_a_persons_sessions_leaves_those_of_others(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let asha = fixture.account("Asha Mushi", "asha@example.org").await;
        let juma = fixture.account("Juma", "juma@example.org").await;
        let here = open(fixture, asha, Some(udsm), 1).await;
        let there = open(fixture, asha, Some(ardhi), 2).await;
        let nowhere = open(fixture, asha, None, 3).await;
        let other = open(fixture, juma, Some(udsm), 4).await;
        let mut unit = fixture.begin(OPERATOR).await;
        assert_eq!(unit.people().end_sessions_in(asha, Some(udsm), at("10:00:00")).await.unwrap(), 1);
        assert_eq!(unit.people().end_sessions_in(asha, Some(udsm), at("10:00:00")).await.unwrap(), 0);
        unit.commit().await.unwrap();
        assert!(!is_alive(fixture, here.id).await);
        assert!(is_alive(fixture, there.id).await && is_alive(fixture, nowhere.id).await);
        let mut unit = fixture.begin(OPERATOR).await;
        assert_eq!(unit.people().end_sessions_in(asha, None, at("10:00:00")).await.unwrap(), 1);
        assert_eq!(unit.people().end_sessions(asha, at("10:00:00")).await.unwrap(), 1);
        unit.commit().await.unwrap();
        assert!(!is_alive(fixture, there.id).await && !is_alive(fixture, nowhere.id).await);
        assert!(is_alive(fixture, other.id).await);
    }

    async fn a_persons_living_sessions_are_listed_with_one_at_the_head(fixture: &Fixture) {
        let (asha, juma) = (
            fixture.account("Asha Mushi", "asha@example.org").await,
            fixture.account("Juma", "juma@example.org").await,
        );
        let mut opened = Vec::new();
        for byte in 1..=4 {
            opened.push(open(fixture, asha, None, byte).await);
        }
        open(fixture, juma, None, 9).await;
        let mut unit = fixture.begin(SIGN_IN).await;
        unit.people().rotate(&token(opened[1].id, 2), &token(opened[1].id, 22), at("09:00:00")).await.unwrap();
        unit.people().rotate(&token(opened[2].id, 3), &token(opened[2].id, 33), at("09:30:00")).await.unwrap();
        unit.people().end_session(opened[3].id, at("10:00:00")).await.unwrap();
        unit.commit().await.unwrap();
        let mut reader = fixture.read(SIGN_IN).await;
        let mut listed = async |used_after: &str, limit: u32| {
            let found = reader.people().sessions_of(asha, at(used_after), opened[0].id, limit).await.unwrap();
            found.iter().map(|session| session.id).collect::<Vec<_>>()
        };
        assert_eq!(listed("07:59:59", 100).await, [opened[0].id, opened[2].id, opened[1].id]);
        assert_eq!(listed("07:59:59", 2).await, [opened[0].id, opened[2].id], "the latest are kept");
        assert_eq!(listed("09:00:00", 100).await, [opened[2].id], "one used at that very moment is over");
        let known = reader.people().session(opened[3].id).await.unwrap().unwrap();
        assert_eq!(known.ended_at, Some(at("10:00:00")), "an ended one is known by its id");
        assert!(reader.people().session(fixture.id()).await.unwrap().is_none());
    }

    async fn ending_the_other_sessions_leaves_one(fixture: &Fixture) {
        let udsm = fixture.institution("udsm").await;
        let asha = fixture.account("Asha Mushi", "asha@example.org").await;
        let juma = fixture.account("Juma", "juma@example.org").await;
        let kept = open(fixture, asha, Some(udsm), 1).await;
        let there = open(fixture, asha, None, 2).await;
        let here = open(fixture, asha, Some(udsm), 3).await;
        let other = open(fixture, juma, Some(udsm), 4).await;
        let mut unit = fixture.begin(SIGN_IN).await;
        assert_eq!(unit.people().end_other_sessions(asha, kept.id, at("10:00:00")).await.unwrap(), 2);
        assert_eq!(unit.people().end_other_sessions(asha, kept.id, at("10:00:00")).await.unwrap(), 0);
        unit.commit().await.unwrap();
        assert!(is_alive(fixture, kept.id).await && is_alive(fixture, other.id).await);
        assert!(!is_alive(fixture, there.id).await && !is_alive(fixture, here.id).await);
    }

    async fn a_session_that_is_forgotten_takes_its_tokens_along(fixture: &Fixture) {
        let asha = fixture.account("Asha Mushi", "asha@example.org").await;
        let mut old = Vec::new();
        for byte in 1..=3 {
            old.push(open(fixture, asha, None, byte).await);
        }
        let living = open(fixture, asha, None, 4).await;
        let mut unit = fixture.begin(Scope::System(SystemScope::Worker)).await;
        unit.people().rotate(&token(living.id, 4), &token(living.id, 5), at("09:00:00")).await.unwrap();
        unit.commit().await.unwrap();
        let mut unit = fixture.begin(Scope::System(SystemScope::Worker)).await;
        assert_eq!(unit.retention().remove_past(Kept::Sessions, at("08:00:00"), 10).await.unwrap(), 0);
        assert_eq!(unit.retention().remove_past(Kept::Sessions, at("09:00:00"), 2).await.unwrap(), 2);
        assert_eq!(unit.retention().remove_past(Kept::Sessions, at("09:00:00"), 2).await.unwrap(), 1);
        unit.commit().await.unwrap();
        let mut reader = fixture.read(SIGN_IN).await;
        for session in old {
            assert!(reader.people().session(session.id).await.unwrap().is_none());
        }
        assert!(reader.people().session_by_token(&[1; 32]).await.unwrap().is_none());
        for byte in [4, 5] {
            assert!(reader.people().session_by_token(&[byte; 32]).await.unwrap().is_some());
        }
    }

    async fn a_device_is_known_to_the_person_who_signed_in_on_it(fixture: &Fixture) {
        let asha = fixture.account("Asha Mushi", "asha@example.org").await;
        let juma = fixture.account("Juma", "juma@example.org").await;
        let meet = async |user: UserId, device: u8, time: &str| {
            let mut unit = fixture.begin(SIGN_IN).await;
            let seen = unit.people().meet_device(user, &[device; 32], at(time)).await.unwrap();
            unit.commit().await.unwrap();
            seen
        };
        assert_eq!(meet(asha, 1, "08:00:00").await, DeviceSeen::First);
        assert_eq!(meet(asha, 1, "09:00:00").await, DeviceSeen::Before);
        assert_eq!(meet(asha, 2, "10:00:00").await, DeviceSeen::New);
        assert_eq!(meet(juma, 2, "10:00:00").await, DeviceSeen::First);
        // Since it was last seen.
        let mut unit = fixture.begin(Scope::System(SystemScope::Worker)).await;
        assert_eq!(unit.retention().remove_past(Kept::Devices, at("09:00:00"), 10).await.unwrap(), 0);
        assert_eq!(unit.retention().remove_past(Kept::Devices, at("09:00:01"), 10).await.unwrap(), 1);
        unit.commit().await.unwrap();
        assert_eq!(meet(asha, 1, "11:00:00").await, DeviceSeen::New);
        assert_eq!(meet(asha, 2, "11:00:00").await, DeviceSeen::Before);
    }

    async fn of_two_first_sign_ins_at_once_both_are_remembered(fixture: &Fixture) {
        let asha = fixture.account("Asha Mushi", "asha@example.org").await;
        let meetings = (0..4).map(async |_| {
            let mut unit = fixture.begin(SIGN_IN).await;
            let seen = unit.people().meet_device(asha, &[1; 32], at("08:00:00")).await.unwrap();
            unit.commit().await.unwrap();
            seen
        });
        let seen = join_all(meetings).await;
        assert!(seen.contains(&DeviceSeen::First) && !seen.contains(&DeviceSeen::New), "{seen:?}");
    }
}
