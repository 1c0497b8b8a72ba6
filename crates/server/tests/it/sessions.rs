//! One's own sessions: looking at them, ending them, and staying signed in.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, World, id};

/// Signs the student in once more; what is answered.
async fn sign_in_with(world: &World, device: &str) -> Value {
    let login = json!({ "email": "student@dit.example", "password": PASSWORD });
    let request = world.nobody.request(Method::POST, "/auth/login").json(&login);
    world
        .nobody
        .send(request.header("user-agent", device))
        .await
        .expect(200)
}

fn client_of(world: &World, signed_in: &Value) -> Client {
    world
        .nobody
        .with_token(signed_in["access_token"].as_str().unwrap())
}

async fn refresh(world: &World, signed_in: &Value) -> Answer {
    let body = json!({ "refresh_token": signed_in["refresh_token"] });
    world.nobody.post("/auth/refresh", &body).await
}

/// The devices of the sessions, in their order.
fn devices(sessions: &Value) -> Vec<&str> {
    let items = sessions["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["device"].as_str().unwrap())
        .collect()
}

async fn a_person_sees_the_own_sessions_and_ends_one_of_them(world: World) {
    world.clock.advance(TimeDelta::seconds(1));
    let phone = sign_in_with(&world, "A phone").await;
    world.clock.advance(TimeDelta::seconds(1));
    let laptop = sign_in_with(&world, "A laptop").await;
    let (phone_client, laptop_client) = (client_of(&world, &phone), client_of(&world, &laptop));

    let sessions = phone_client.get("/auth/sessions").await.expect(200);
    assert_eq!(devices(&sessions)[..2], ["A phone", "A laptop"], "{sessions}");
    let current: Vec<_> = sessions["items"].as_array().unwrap().iter().collect();
    assert_eq!(current[0]["current"], true);
    assert_eq!(current[0]["address"], "127.0.0.1");
    assert_eq!(current[0]["created_at"], "2026-07-06T06:00:01.000000Z");
    assert_eq!(current[0]["last_used_at"], "2026-07-06T06:00:01.000000Z");
    assert!(current[1..].iter().all(|item| item["current"] == false));

    let ended = format!("/auth/sessions/{}", id(current[1]));
    phone_client.delete(&ended).await.expect(204);
    laptop_client
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    refresh(&world, &laptop)
        .await
        .expect_problem(401, "invalid_token");
    phone_client.delete(&ended).await.expect_problem(404, "not_found");
    let left = phone_client.get("/auth/sessions").await.expect(200);
    assert!(!devices(&left).contains(&"A laptop"), "{left}");
}

async fn a_sign_in_on_a_new_device_is_told_by_mail(world: World) {
    for known in ["Firefox/141.0 (Linux)", "Firefox/142.0 (Linux)"] {
        sign_in_with(&world, known).await;
    }
    for _ in 0..2 {
        sign_in_with(&world, "A stranger's <phone>").await;
    }
    world.deliver().await;
    let mails = world.smtp.messages();
    let mails: Vec<_> = mails
        .iter()
        .filter(|mail| mail.recipients == ["student@dit.example"])
        .filter(|mail| mail.subject() == "New sign-in to your account")
        .map(|mail| (mail.text().unwrap(), mail.html().unwrap()))
        .collect();
    // The browser, which the fixture's own client had not been; and the stranger, once.
    assert_eq!(mails.len(), 2, "{mails:?}");
    let of = |device: &str| {
        let line = format!("  Device: {device}\n");
        mails
            .iter()
            .find(|(text, _)| text.replace('\r', "").contains(&line))
            .unwrap()
    };
    of("Firefox/141.0 (Linux)");
    let (text, html) = of("A stranger's <phone>");
    for told in [
        "  Address: 127.0.0.1",
        "  When: 2026-07-06 09:00 (Africa/Dar_es_Salaam)",
    ] {
        assert!(text.lines().any(|line| line == told), "{text}");
    }
    assert!(!html.contains("<phone>"), "{html}");
}

async fn somebody_elses_session_is_not_there_to_be_ended(world: World) {
    let own = world.student.get("/auth/sessions").await.expect(200);
    let path = format!("/auth/sessions/{}", id(&own["items"][0]));
    for other in [&world.admin, &world.coordinator, &world.industry] {
        other.delete(&path).await.expect_problem(404, "not_found");
    }
    for nonsense in ["7", "00000000-0000-0000-0000-000000000000", "%00"] {
        let path = format!("/auth/sessions/{nonsense}");
        world.student.delete(&path).await.expect_problem(404, "not_found");
    }
    world.student.get("/auth/me").await.expect(200);
}

async fn ending_the_others_leaves_the_current_session_alone(world: World) {
    let phone = sign_in_with(&world, "A phone").await;
    let laptop = sign_in_with(&world, "A laptop").await;
    let phone_client = client_of(&world, &phone);
    let left = phone_client.act("/auth/sessions/end-others").await.expect(200);
    assert_eq!(devices(&left), ["A phone"]);
    client_of(&world, &laptop)
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world
        .student
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    phone_client.get("/auth/me").await.expect(200);
    refresh(&world, &phone).await.expect(200);
    world.coordinator.get("/auth/me").await.expect(200);

    let audit = world
        .admin
        .get("/audit-log?action=identity.end_other_sessions")
        .await
        .expect(200);
    assert_eq!(audit["items"].as_array().unwrap().len(), 1, "{audit}");
}

async fn one_token_used_many_times_at_once_is_one_honest_client(world: World) {
    let first = sign_in_with(&world, "Two tabs").await;
    let all = futures_util::future::join_all((0..8).map(|_| refresh(&world, &first))).await;
    let pairs: Vec<Value> = all.iter().map(|answer| answer.expect(200)).collect();
    for pair in &pairs {
        client_of(&world, pair).get("/auth/me").await.expect(200);
    }
    world.clock.advance(TimeDelta::seconds(10));
    refresh(&world, &first).await.expect(200);
    for pair in &pairs {
        refresh(&world, pair).await.expect(200);
    }
    let sessions = client_of(&world, &pairs[0])
        .get("/auth/sessions")
        .await
        .expect(200);
    let of_tabs = devices(&sessions)
        .into_iter()
        .filter(|device| *device == "Two tabs");
    assert_eq!(of_tabs.count(), 1, "a refresh opened a session: {sessions}");
}

async fn a_used_token_after_the_grace_ends_the_family_and_is_audited_once(world: World) {
    let first = sign_in_with(&world, "A stolen phone").await;
    let second = refresh(&world, &first).await.expect(200);
    let third = refresh(&world, &second).await.expect(200);
    world.clock.advance(TimeDelta::milliseconds(10_001));
    let thieves = futures_util::future::join_all((0..4).map(|_| refresh(&world, &first))).await;
    for thief in thieves {
        thief.expect_problem(401, "invalid_token");
    }
    client_of(&world, &third)
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    refresh(&world, &third).await.expect_problem(401, "invalid_token");
    let audit = world
        .admin
        .get("/audit-log?action=identity.refresh_token_reused")
        .await
        .expect(200);
    assert_eq!(audit["items"].as_array().unwrap().len(), 1, "{audit}");
    world.student.get("/auth/me").await.expect(200);
}

on_both_databases!(
    a_person_sees_the_own_sessions_and_ends_one_of_them,
    a_sign_in_on_a_new_device_is_told_by_mail,
    somebody_elses_session_is_not_there_to_be_ended,
    ending_the_others_leaves_the_current_session_alone,
    one_token_used_many_times_at_once_is_one_honest_client,
    a_used_token_after_the_grace_ends_the_family_and_is_audited_once,
);
