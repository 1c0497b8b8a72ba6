//! New passwords: by a code from the mail, and by the current one.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{PASSWORD, World, other_than};

const ADDRESS: &str = "student@dit.example";
const NEW: &str = "otters-Knead-7-marbles";

fn confirmation(code: &str, password: &str) -> Value {
    json!({ "email": ADDRESS, "code": code, "new_password": password })
}

fn change(current: &str, new: &str) -> Value {
    json!({ "current_password": current, "new_password": new })
}

/// Asks for a code; what the mail says.
async fn code(world: &World) -> String {
    let request = json!({ "email": ADDRESS });
    world
        .nobody
        .post("/auth/password-reset/request", &request)
        .await
        .expect(202);
    world.mailed_code(ADDRESS).await
}

async fn a_forgotten_password_is_replaced_and_every_session_ends(world: World) {
    let code = code(&world).await;
    let right = confirmation(&code, NEW);
    world
        .nobody
        .post("/auth/password-reset/confirm", &right)
        .await
        .expect(204);
    world
        .student
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world.turned_away(ADDRESS).await;
    world.nobody.sign_in(ADDRESS, NEW).await;
    assert_eq!(
        world.last_mail(ADDRESS).await.subject(),
        "Your password was changed"
    );
    let again = confirmation(&code, "a-third-Otter-kneads-9");
    world
        .nobody
        .post("/auth/password-reset/confirm", &again)
        .await
        .expect_problem(422, "invalid_code");
}

async fn a_locked_account_is_opened_by_a_new_password(world: World) {
    world.mistype(ADDRESS, 5).await;
    let code = code(&world).await;
    world
        .nobody
        .post("/auth/password-reset/confirm", &confirmation(&code, NEW))
        .await
        .expect(204);
    world.nobody.sign_in(ADDRESS, NEW).await;
}

async fn a_refused_new_password_spends_neither_code_nor_try(world: World) {
    let code = code(&world).await;
    for weak in ["short", "password123", "asha mushi asha", ADDRESS, "0123456789"]
        .into_iter()
        .cycle()
        .take(12)
    {
        let refused = world
            .nobody
            .post("/auth/password-reset/confirm", &confirmation(&code, weak))
            .await;
        let problem = refused.expect(422);
        assert_eq!(
            problem["errors"][0]["pointer"], "/new_password",
            "{weak}: {problem}"
        );
    }
    world
        .nobody
        .post("/auth/password-reset/confirm", &confirmation(&code, NEW))
        .await
        .expect(204);
}

async fn twenty_guesses_at_once_are_five_tries_and_a_code_sets_one_password(world: World) {
    let first = code(&world).await;
    let guess = confirmation(other_than(&first), NEW);
    let guesses = (0..20).map(|_| world.nobody.post("/auth/password-reset/confirm", &guess));
    for answer in join_all(guesses).await {
        answer.expect_problem(422, "invalid_code");
    }
    let late = confirmation(&first, NEW);
    world
        .nobody
        .post("/auth/password-reset/confirm", &late)
        .await
        .expect_problem(422, "invalid_code");
    let second = code(&world).await;
    let bodies: Vec<Value> = (0..4)
        .map(|number| confirmation(&second, &format!("{NEW}-{number}")))
        .collect();
    let answers = bodies
        .iter()
        .map(|body| world.nobody.post("/auth/password-reset/confirm", body));
    let mut told: Vec<u16> = join_all(answers)
        .await
        .iter()
        .map(|answer| answer.status)
        .collect();
    told.sort_unstable();
    assert_eq!(told, [204, 422, 422, 422]);
}

async fn asking_tells_nothing_about_an_address(world: World) {
    let mut answers = Vec::new();
    for address in [
        ADDRESS,
        "nobody@dit.example",
        "nobody@dit.example",
        "STUDENT@dit.example",
    ] {
        let body = json!({ "email": address });
        let answer = world.nobody.post("/auth/password-reset/request", &body).await;
        answers.push((answer.status, answer.bytes));
        let body = json!({ "email": address, "code": "00000000", "new_password": NEW });
        let mut problem = world
            .nobody
            .post("/auth/password-reset/confirm", &body)
            .await
            .expect(422);
        problem.as_object_mut().unwrap().remove("request_id");
        answers.push((422, problem.to_string().into_bytes()));
    }
    assert!(answers.chunks(2).all(|pair| pair == &answers[..2]));
    world.deliver().await;
    assert!(
        world
            .smtp
            .messages()
            .iter()
            .all(|mail| mail.recipients == [ADDRESS])
    );
}

async fn a_code_runs_out_after_ten_minutes_and_the_last_one_is_good(world: World) {
    let first = code(&world).await;
    world.clock.advance(TimeDelta::minutes(9));
    let second = code(&world).await;
    world.clock.advance(TimeDelta::minutes(9));
    for (code, status) in [(&first, 422), (&second, 204)] {
        let answer = world
            .nobody
            .post("/auth/password-reset/confirm", &confirmation(code, NEW))
            .await;
        answer.expect(status);
    }
}

async fn a_person_changes_the_password_and_stays_signed_in(world: World) {
    let elsewhere = world.nobody.sign_in(ADDRESS, PASSWORD).await;
    world
        .student
        .post("/auth/password", &change(PASSWORD, NEW))
        .await
        .expect(204);
    world.student.get("/auth/me").await.expect(200);
    elsewhere
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world.nobody.sign_in(ADDRESS, NEW).await;
    let mail = world.last_mail(ADDRESS).await;
    assert_eq!(mail.subject(), "Your password was changed");
    let changed = world
        .admin
        .get("/audit-log?action=identity.change_password")
        .await
        .expect(200);
    assert_eq!(changed["items"].as_array().unwrap().len(), 1, "{changed}");
}

async fn the_current_password_is_not_guessed_by_an_open_session(world: World) {
    let weak = world
        .student
        .post("/auth/password", &change("wrong", "weak"))
        .await;
    assert_eq!(weak.expect(422)["errors"][0]["pointer"], "/new_password");
    for _ in 0..5 {
        world
            .student
            .post("/auth/password", &change("wrong", NEW))
            .await
            .expect_problem(401, "invalid_credentials");
    }
    world
        .student
        .post("/auth/password", &change(PASSWORD, NEW))
        .await
        .expect_problem(401, "invalid_credentials");
    world.turned_away(ADDRESS).await;
    world.clock.advance(TimeDelta::minutes(15));
    world.nobody.sign_in(ADDRESS, PASSWORD).await;
}

async fn a_mail_in_swahili_has_its_code_alone_on_a_line(world: World) {
    let path = format!("/users/{}", world.student.id);
    world
        .student
        .patch(&path, &json!({ "language": "sw" }))
        .await
        .expect(200);
    let code = code(&world).await;
    let mail = world.last_mail(ADDRESS).await;
    assert_eq!(mail.subject(), "Weka nenosiri jipya");
    let text = mail.text().unwrap();
    assert!(text.lines().any(|line| line == code), "{text}");
    assert!(mail.html().unwrap().contains(&code));
}

on_both_databases!(
    a_forgotten_password_is_replaced_and_every_session_ends,
    a_locked_account_is_opened_by_a_new_password,
    a_refused_new_password_spends_neither_code_nor_try,
    twenty_guesses_at_once_are_five_tries_and_a_code_sets_one_password,
    asking_tells_nothing_about_an_address,
    a_code_runs_out_after_ten_minutes_and_the_last_one_is_good,
    a_person_changes_the_password_and_stays_signed_in,
    the_current_password_is_not_guessed_by_an_open_session,
    a_mail_in_swahili_has_its_code_alone_on_a_line,
);
