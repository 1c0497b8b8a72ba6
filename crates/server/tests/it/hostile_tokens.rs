//! Tokens, codes and invitations that were made up, cut, taken from elsewhere, or come at the wrong time. What runs out, and
//! what comes twice at once, stands with each of them: `sessions`, `passwords`, `accounts`, `invitations`.

use chrono::TimeDelta;
use ipt_adapter_auth::{JwtAccessTokens, KeyedSecrets, SigningKey, TokenSettings};
use ipt_domain::{
    id::UserId,
    identity::mailed_secret::{MailedSecret, SecretPurpose},
};
use ipt_ports::{
    Scope, SystemScope,
    identity::{AccessTokens as _, MailedSecrets as _},
};
use secrecy::{ExposeSecret as _, SecretBox};
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, World};

const NEW: &str = "otters-Knead-7-marbles";
const STUDENT: &str = "student@dit.example";
const LECTURER: &str = "lecturer@dit.example";

/// What a token becomes in other hands: cut, grown, changed at either end, in another case, with something around it.
fn mangled(token: &str) -> Vec<String> {
    let (first, rest) = token.split_at(1);
    let (start, last) = token.split_at(token.len() - 1);
    let other = |letter: &str| if letter == "A" { "B" } else { "A" };
    vec![
        String::new(),
        start.to_owned(),
        rest.to_owned(),
        token[..token.len() / 2].to_owned(),
        format!("{token}A"),
        format!("{token}="),
        format!("{token}\u{0}"),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{}{rest}", other(first)),
        format!("{start}{}", other(last)),
        token.chars().rev().collect(),
        "' OR 1=1 --".to_owned(),
        "\u{202e}".repeat(43),
        "A".repeat(100_000),
    ]
}

async fn signed_in(world: &World, address: &str) -> Value {
    let login = json!({ "email": address, "password": PASSWORD });
    world.nobody.post("/auth/login", &login).await.expect(200)
}

async fn refresh(world: &World, token: &Value) -> Answer {
    let body = json!({ "refresh_token": token });
    world.nobody.post("/auth/refresh", &body).await
}

/// Whether a secret does not do, told as a wrong one is.
async fn is_refused(nobody: &Client, path: &str, body: Value) {
    let answer = nobody.post(path, &body).await;
    assert_eq!(
        answer.status,
        422,
        "{path} {body}: {}",
        String::from_utf8_lossy(&answer.bytes)
    );
    let code = answer.json()["code"].clone();
    assert!(
        ["invalid_code", "characters_not_allowed"].contains(&code.as_str().unwrap()),
        "{path}: {code}"
    );
}

async fn secret_of(world: &World, user: &str, purpose: SecretPurpose) -> MailedSecret {
    let mut reader = world
        .services
        .database
        .read(Scope::System(SystemScope::SignIn))
        .await
        .unwrap();
    let user = UserId::new(user.parse().unwrap());
    reader
        .mailed_secrets()
        .mailed_secret(user, purpose)
        .await
        .unwrap()
        .unwrap()
}

/// The secrets of a deployment with another key.
fn another_key() -> KeyedSecrets {
    KeyedSecrets::new(SecretBox::new(Box::new([66; 32])))
}

async fn an_access_token_of_another_key_is_refused_although_everything_in_it_is_true(world: World) {
    let now = world.services.clock.now();
    let claims = world.services.tokens.verify(world.student.token(), now).unwrap();
    let settings = TokenSettings {
        issuer: "test".to_owned(),
        audience: "test".to_owned(),
        remembered: 0,
    };
    let others = JwtAccessTokens::new(SigningKey::ephemeral(), [], settings);
    let forged = others.issue(&claims).unwrap();
    let thief = world.nobody.with_token(forged.expose_secret());
    thief.get("/auth/me").await.expect_problem(401, "invalid_token");
    world.student.get("/auth/me").await.expect(200);
}

async fn an_access_token_is_no_good_in_another_institution(world: World) {
    let log = world.submit("2026-07-06").await;
    let other = world.other_institution().await;
    for path in [
        format!("/logs/{log}"),
        format!("/placements/{}", world.placement),
        format!("/users/{}", world.student.id),
        format!("/programmes/{}", world.programme),
    ] {
        other.get(&path).await.expect_problem(404, "not_found");
    }
    let enter = json!({ "tenant": "dit" });
    other
        .post("/auth/switch-tenant", &enter)
        .await
        .expect_problem(404, "not_found");
}

async fn made_up_and_mangled_refresh_tokens_are_refused_and_end_nobodys_session(world: World) {
    let pair = signed_in(&world, STUDENT).await;
    let token = pair["refresh_token"].as_str().unwrap();
    for wrong in mangled(token) {
        let answer = refresh(&world, &json!(wrong)).await;
        assert!(
            [401, 422].contains(&answer.status),
            "{wrong:?}: {}",
            answer.status
        );
        let body = json!({ "refresh_token": wrong });
        let out = world.nobody.post("/auth/logout", &body).await;
        assert!([204, 422].contains(&out.status), "{wrong:?}: {}", out.status);
    }
    // One kind of token is not the other.
    refresh(&world, &pair["access_token"])
        .await
        .expect_problem(401, "invalid_token");
    world
        .nobody
        .with_token(token)
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    refresh(&world, &pair["refresh_token"]).await.expect(200);
}

async fn a_refresh_token_runs_out_and_dies_with_its_session(world: World) {
    let mut world = world;
    let old = signed_in(&world, STUDENT).await;
    world.at("2026-07-13T09:00:00").await;
    refresh(&world, &old["refresh_token"])
        .await
        .expect_problem(401, "invalid_token");

    let out = signed_in(&world, STUDENT).await;
    let body = json!({ "refresh_token": out["refresh_token"] });
    world.nobody.post("/auth/logout", &body).await.expect(204);
    let disabled = signed_in(&world, STUDENT).await;
    world
        .coordinator
        .act(&format!("/users/{}/disable", world.student.id))
        .await
        .expect(200);
    for pair in [&out, &disabled] {
        refresh(&world, &pair["refresh_token"])
            .await
            .expect_problem(401, "invalid_token");
    }
    // What was ended does not come back with the person.
    world
        .coordinator
        .act(&format!("/users/{}/enable", world.student.id))
        .await
        .expect(200);
    refresh(&world, &disabled["refresh_token"])
        .await
        .expect_problem(401, "invalid_token");
}

async fn a_refresh_token_gives_no_access_to_an_institution_that_the_person_has_left(world: World) {
    let other = world.other_institution().await;
    let member = json!({ "email": LECTURER, "full_name": "Neema", "roles": ["university_supervisor"] });
    other.post("/users", &member).await.expect(201);
    let login = json!({ "email": LECTURER, "password": PASSWORD, "tenant": "udsm" });
    let there = world.nobody.post("/auth/login", &login).await.expect(200);
    other
        .delete(&format!("/users/{}", world.academic.id))
        .await
        .expect(204);
    refresh(&world, &there["refresh_token"])
        .await
        .expect_problem(401, "invalid_token");
    world.academic.get("/auth/me").await.expect(200);
}

async fn a_code_is_good_for_its_owner_and_its_purpose_and_as_it_stands_only(world: World) {
    let nobody = &world.nobody;
    for address in [STUDENT, LECTURER] {
        let body = json!({ "email": address });
        nobody
            .post("/auth/password-reset/request", &body)
            .await
            .expect(202);
    }
    let (own, others) = (
        world.mailed_code(STUDENT).await,
        world.mailed_code(LECTURER).await,
    );
    let id = secret_of(&world, &world.student.id, SecretPurpose::ResetPassword)
        .await
        .id;
    let of_another_key = another_key().code(id).expose_secret().to_owned();
    let confirm = |code: &str| json!({ "email": STUDENT, "code": code, "new_password": NEW });
    // Those that cannot be codes count as no try, so that the two behind them are the first.
    let wide: String = own
        .chars()
        .map(|digit| char::from_u32(digit as u32 + 0xFEE0).unwrap())
        .collect();
    for wrong in [
        &own[..7],
        &own[1..],
        &format!("{own}0"),
        &format!("+{}", &own[1..]),
        &wide,
        "",
        "-1",
        "1e7",
    ] {
        is_refused(nobody, "/auth/password-reset/confirm", confirm(wrong)).await;
    }
    is_refused(
        nobody,
        "/auth/verify-email",
        json!({ "email": STUDENT, "code": own }),
    )
    .await;
    is_refused(
        nobody,
        "/auth/accept-invitation",
        json!({ "token": own, "password": NEW }),
    )
    .await;
    for wrong in [others, of_another_key] {
        is_refused(nobody, "/auth/password-reset/confirm", confirm(&wrong)).await;
    }
    nobody
        .post("/auth/password-reset/confirm", &confirm(&own))
        .await
        .expect(204);
    nobody.sign_in(STUDENT, NEW).await;
    is_refused(nobody, "/auth/password-reset/confirm", confirm(&own)).await;
}

async fn made_up_and_mangled_invitations_are_refused_and_the_right_one_stays_good(world: World) {
    let guest = json!({ "email": "guest@dit.example", "full_name": "Gideon Guest", "roles": ["student"] });
    let guest = world.coordinator.post("/users", &guest).await.expect(201);
    let id = secret_of(
        &world,
        guest["id"].as_str().unwrap(),
        SecretPurpose::AcceptInvitation,
    )
    .await
    .id;
    let right = world.services.mailed_secrets.token(id).expose_secret().to_owned();
    let accept = |token: &str| json!({ "token": token, "password": NEW });
    let path = "/auth/accept-invitation";
    let mut wrong = mangled(&right);
    wrong.push(another_key().token(id).expose_secret().to_owned());
    wrong.push(id.to_string());
    wrong.push(world.student.token().to_owned());
    for token in wrong {
        is_refused(&world.nobody, path, accept(&token)).await;
    }
    world.nobody.post(path, &accept(&right)).await.expect(204);
    is_refused(&world.nobody, path, accept(&right)).await;
}

async fn codes_and_invitations_of_somebody_erased_are_dead(world: World) {
    let guest = json!({ "email": "guest@dit.example", "full_name": "Gideon Guest", "roles": ["student"] });
    let guest = world.coordinator.post("/users", &guest).await.expect(201);
    let guest = guest["id"].as_str().unwrap();
    let id = secret_of(&world, guest, SecretPurpose::AcceptInvitation).await.id;
    let token = world.services.mailed_secrets.token(id).expose_secret().to_owned();
    world
        .nobody
        .post("/auth/password-reset/request", &json!({ "email": STUDENT }))
        .await
        .expect(202);
    let code = world.mailed_code(STUDENT).await;
    for user in [guest, &world.student.id] {
        world
            .coordinator
            .delete(&format!("/users/{user}"))
            .await
            .expect(204);
    }
    is_refused(
        &world.nobody,
        "/auth/accept-invitation",
        json!({ "token": token, "password": NEW }),
    )
    .await;
    let confirm = json!({ "email": STUDENT, "code": code, "new_password": NEW });
    is_refused(&world.nobody, "/auth/password-reset/confirm", confirm).await;
}

async fn a_cursor_of_another_institution_or_with_a_letter_changed_is_refused(world: World) {
    for name in ["A", "B"] {
        let works = json!({ "name": format!("Works {name}") });
        world.coordinator.post("/organisations", &works).await.expect(201);
    }
    let page = world.coordinator.get("/organisations?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let other = world.other_institution().await;
    let path = |cursor: &str| format!("/organisations?limit=1&cursor={cursor}");
    other
        .get(&path(cursor))
        .await
        .expect_problem(400, "invalid_cursor");
    let (start, last) = cursor.split_at(cursor.len() - 3);
    let changed = format!("{start}{}", if last == "AAA" { "BBB" } else { "AAA" });
    for wrong in [&changed, start, &cursor[1..], &format!("{cursor}{cursor}")] {
        world
            .coordinator
            .get(&path(wrong))
            .await
            .expect_problem(400, "invalid_cursor");
    }
    world.clock.advance(TimeDelta::minutes(1));
    world.coordinator.get(&path(cursor)).await.expect(200);
}

on_both_databases!(
    an_access_token_of_another_key_is_refused_although_everything_in_it_is_true,
    an_access_token_is_no_good_in_another_institution,
    made_up_and_mangled_refresh_tokens_are_refused_and_end_nobodys_session,
    a_refresh_token_runs_out_and_dies_with_its_session,
    a_refresh_token_gives_no_access_to_an_institution_that_the_person_has_left,
    a_code_is_good_for_its_owner_and_its_purpose_and_as_it_stands_only,
    made_up_and_mangled_invitations_are_refused_and_the_right_one_stays_good,
    codes_and_invitations_of_somebody_erased_are_dead,
    a_cursor_of_another_institution_or_with_a_letter_changed_is_refused,
);
