//! Inviting people, and what an administrator does about an account.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{PASSWORD, World, id};

const GUEST: &str = "guest@dit.example";
const NEW: &str = "otters-Knead-7-marbles";

fn lecturer(email: &str) -> Value {
    json!({ "email": email, "full_name": "Gideon Guest", "roles": ["university_supervisor"] })
}

/// The token of the last invitation to an address.
async fn token(world: &World, address: &str) -> String {
    let text = world.last_mail(address).await.text().unwrap();
    let (_, rest) = text.split_once("/accept-invitation#token=").unwrap();
    let token = rest.lines().next().unwrap().to_owned();
    assert!(
        text.lines().any(|line| line == token),
        "it stands on a line of its own too: {text}"
    );
    token
}

async fn a_person_without_a_password_is_invited_and_sets_one(world: World) {
    let guest = world
        .coordinator
        .post("/users", &lecturer(GUEST))
        .await
        .expect(201);
    assert_eq!(guest["email_verified"], false);
    world.turned_away(GUEST).await;
    let mail = world.last_mail(GUEST).await;
    assert_eq!(
        mail.subject(),
        "Your access to practical training at An Institute"
    );
    let token = token(&world, GUEST).await;
    let weak = json!({ "token": token, "password": "gideon.guest" });
    let problem = world
        .nobody
        .post("/auth/accept-invitation", &weak)
        .await
        .expect(422);
    assert_eq!(problem["errors"][0]["pointer"], "/password", "{problem}");
    let acceptance = json!({ "token": token, "password": PASSWORD });
    let both = join_all((0..2).map(|_| world.nobody.post("/auth/accept-invitation", &acceptance))).await;
    let mut told: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [204, 422], "an invitation is used once");
    let guest = world.nobody.sign_in(GUEST, PASSWORD).await;
    assert_eq!(guest.get("/auth/me").await.expect(200)["email_verified"], true);
}

async fn an_invitation_runs_out_after_a_week_and_is_sent_again(world: World) {
    let mut world = world;
    let guest = id(&world
        .coordinator
        .post("/users", &lecturer(GUEST))
        .await
        .expect(201));
    let first = token(&world, GUEST).await;
    world.at("2026-07-13T09:00:00").await;
    let late = json!({ "token": first, "password": NEW });
    let problem = world
        .nobody
        .post("/auth/accept-invitation", &late)
        .await
        .expect_problem(422, "invalid_code");
    assert_eq!(problem["errors"][0]["pointer"], "/token");
    world
        .coordinator
        .act(&format!("/users/{guest}/reset-password"))
        .await
        .expect(200);
    let second = json!({ "token": token(&world, GUEST).await, "password": NEW });
    world
        .nobody
        .post("/auth/accept-invitation", &second)
        .await
        .expect(204);
    world.nobody.sign_in(GUEST, NEW).await;
}

async fn a_member_of_another_institution_is_told_and_keeps_the_password(world: World) {
    let other = world.other_institution().await;
    other
        .post("/users", &lecturer("lecturer@dit.example"))
        .await
        .expect(201);
    let mail = world.last_mail("lecturer@dit.example").await;
    assert_eq!(mail.subject(), "You now belong to An Institute too");
    world.nobody.sign_in("lecturer@dit.example", PASSWORD).await;

    // What either institution resets from now on ends there.
    let path = format!("/users/{}", world.academic.id);
    other.act(&format!("{path}/reset-password")).await.expect(200);
    world.academic.get("/auth/me").await.expect(200);
    world.nobody.sign_in("lecturer@dit.example", PASSWORD).await;
    other
        .act(&format!("{path}/unlock"))
        .await
        .expect_problem(409, "account_shared");
    let code = world.mailed_code("lecturer@dit.example").await;
    let new = json!({ "email": "lecturer@dit.example", "code": code, "new_password": NEW });
    world
        .nobody
        .post("/auth/password-reset/confirm", &new)
        .await
        .expect(204);
    world.academic.get("/auth/me").await.expect(401);
    world.nobody.sign_in("lecturer@dit.example", NEW).await;
}

async fn an_administrators_reset_voids_the_password_at_once(world: World) {
    let path = format!("/users/{}/reset-password", world.student.id);
    world.student.act(&path).await.expect_problem(403, "forbidden");
    world.coordinator.act(&path).await.expect(200);
    world
        .student
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world.turned_away("student@dit.example").await;
    let code = world.mailed_code("student@dit.example").await;
    let new = json!({ "email": "student@dit.example", "code": code, "new_password": NEW });
    world
        .nobody
        .post("/auth/password-reset/confirm", &new)
        .await
        .expect(204);
    world.nobody.sign_in("student@dit.example", NEW).await;
}

async fn a_coordinator_takes_a_lock_off(world: World) {
    let path = format!("/users/{}", world.student.id);
    world.mistype("student@dit.example", 5).await;
    let locked = world.coordinator.get(&path).await.expect(200);
    assert!(locked["locked_until"].is_string(), "{locked}");
    let unlocked = world.coordinator.act(&format!("{path}/unlock")).await.expect(200);
    assert!(unlocked["locked_until"].is_null(), "{unlocked}");
    world.nobody.sign_in("student@dit.example", PASSWORD).await;
    let trail = world
        .admin
        .get("/audit-log?action=identity.unlock_user")
        .await
        .expect(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
}

async fn a_lock_ends_by_itself_and_the_next_typo_does_not_lock_again(world: World) {
    world.mistype("student@dit.example", 5).await;
    world.clock.advance(TimeDelta::minutes(15));
    world.mistype("student@dit.example", 1).await;
    world.nobody.sign_in("student@dit.example", PASSWORD).await;
}

on_both_databases!(
    a_person_without_a_password_is_invited_and_sets_one,
    an_invitation_runs_out_after_a_week_and_is_sent_again,
    a_member_of_another_institution_is_told_and_keeps_the_password,
    an_administrators_reset_voids_the_password_at_once,
    a_coordinator_takes_a_lock_off,
    a_lock_ends_by_itself_and_the_next_typo_does_not_lock_again,
);
