//! Signing in, staying signed in, signing out.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{PASSWORD, World};

async fn unknown_wrong_and_locked_are_told_the_same(world: World) {
    let attempt = |email: &'static str, password: &'static str| {
        let nobody = world.nobody.clone();
        async move {
            let mut problem = nobody
                .post("/auth/login", &json!({ "email": email, "password": password }))
                .await
                .expect(401);
            problem.as_object_mut().unwrap().remove("request_id");
            problem
        }
    };
    let unknown = attempt("nobody@dit.example", "wrong-Password-1").await;
    let wrong = attempt("student@dit.example", "wrong-Password-1").await;
    assert_eq!(unknown, wrong);
    assert_eq!(unknown["code"], "invalid_credentials");
    for _ in 0..4 {
        attempt("student@dit.example", "wrong-Password-1").await;
    }
    let locked = attempt("student@dit.example", PASSWORD).await;
    assert_eq!(
        locked, unknown,
        "a locked account is told the same, although the password is right"
    );
    world.clock.advance(TimeDelta::minutes(15));
    world.nobody.sign_in("STUDENT@dit.example", PASSWORD).await;
}

async fn every_refusal_takes_the_same_steps_so_that_its_time_tells_nothing(world: World) {
    let steps = async |email: &str| {
        world.database.record_statements();
        let login = json!({ "email": email, "password": "wrong password" });
        let answer = world.nobody.post("/auth/login", &login).await;
        answer.expect_problem(401, "invalid_credentials");
        // What they look for differs: a counter at nothing is no value.
        let steps = world.database.recorded_statements().into_iter();
        let step = |text: String| text.split(" WHERE ").next().unwrap().to_owned();
        steps.map(step).collect::<Vec<_>>()
    };
    let wrong = steps("student@dit.example").await;
    assert_eq!(steps("nobody@dit.example").await, wrong, "of an unknown address");
    for _ in 0..5 {
        steps("student@dit.example").await;
    }
    assert_eq!(steps("student@dit.example").await, wrong, "of a locked account");
}

async fn a_refresh_token_is_used_once_and_reuse_ends_the_family(world: World) {
    let login = json!({ "email": "student@dit.example", "password": PASSWORD });
    let first = world.nobody.post("/auth/login", &login).await.expect(200);
    let old = json!({ "refresh_token": first["refresh_token"] });
    let second = world.nobody.post("/auth/refresh", &old).await.expect(200);
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let student = world.nobody.with_token(second["access_token"].as_str().unwrap());
    student.get("/auth/me").await.expect(200);

    world.clock.advance(TimeDelta::seconds(11));
    world.nobody.post("/auth/refresh", &old).await.expect(401);
    student.get("/auth/me").await.expect_problem(401, "invalid_token");
    let newest = json!({ "refresh_token": second["refresh_token"] });
    world.nobody.post("/auth/refresh", &newest).await.expect(401);
}

async fn signing_out_ends_the_access_token_at_once(world: World) {
    let login = json!({ "email": "student@dit.example", "password": PASSWORD });
    let session = world.nobody.post("/auth/login", &login).await.expect(200);
    let student = world.nobody.with_token(session["access_token"].as_str().unwrap());
    student.get("/auth/me").await.expect(200);
    let body = json!({ "refresh_token": session["refresh_token"] });
    world.nobody.post("/auth/logout", &body).await.expect(204);
    student.get("/auth/me").await.expect_problem(401, "invalid_token");
}

async fn an_access_token_runs_out_after_fifteen_minutes(world: World) {
    world.clock.advance(TimeDelta::seconds(899));
    world.student.get("/auth/me").await.expect(200);
    world.clock.advance(TimeDelta::seconds(1));
    let expired = world.student.get("/auth/me").await;
    expired.expect_problem(401, "invalid_token");
    assert!(
        expired
            .header("www-authenticate")
            .is_some_and(|value| value.starts_with("Bearer"))
    );
}

async fn a_disabled_person_is_refused_at_the_next_request(world: World) {
    world.student.get("/auth/me").await.expect(200);
    world
        .coordinator
        .act(&format!("/users/{}/disable", world.student.id))
        .await
        .expect(200);
    world
        .student
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world.turned_away("student@dit.example").await;
    world
        .coordinator
        .act(&format!("/users/{}/enable", world.student.id))
        .await
        .expect(200);
    world.nobody.sign_in("student@dit.example", PASSWORD).await;
}

async fn me_tells_person_institution_roles_and_permissions(world: World) {
    let me = world.student.get("/auth/me").await.expect(200);
    assert_eq!(me["full_name"], "Asha Mushi");
    assert_eq!(me["tenant"]["code"], "dit");
    assert_eq!(me["tenant"]["timezone"], "Africa/Dar_es_Salaam");
    assert_eq!(me["roles"], json!(["student"]));
    assert!(
        me["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!("logbook:write"))
    );
    assert_eq!(me["memberships"].as_array().unwrap().len(), 1);
}

async fn forged_tokens_are_refused(world: World) {
    let real = world.student.token().to_owned();
    let parts: Vec<&str> = real.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    let forgeries = [
        format!("{none}.{}.", parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}.AAAA", parts[0], parts[1]),
        real[..real.len() - 4].to_owned(),
        format!("{real}x"),
        "nonsense".to_owned(),
        String::new(),
    ];
    for forgery in forgeries {
        world
            .nobody
            .with_token(&forgery)
            .get("/auth/me")
            .await
            .expect(401);
    }
}

async fn nobody_changes_the_own_roles(world: World) {
    let roles = json!({ "roles": ["coordinator", "tenant_admin"] });
    let refused = world
        .coordinator
        .patch(&format!("/users/{}", world.coordinator.id), &roles)
        .await;
    assert_eq!(refused.status, 403, "{}", String::from_utf8_lossy(&refused.bytes));
}

async fn guesses_and_sign_ins_are_not_in_the_way_of_whoever_changes_the_person(world: World) {
    let email = "new@dit.example";
    let body =
        json!({ "email": email, "full_name": "New Person", "roles": ["student"], "password": PASSWORD });
    let made = world.coordinator.post("/users", &body).await.expect(201);
    let path = format!("/users/{}", made["id"].as_str().unwrap());
    world.mistype(email, 2).await;
    world.nobody.sign_in(email, PASSWORD).await;
    world.mistype(email, 1).await;
    let seen = world.coordinator.get(&path).await.expect(200);
    assert_eq!(seen["version"], made["version"]);
    let change = world
        .coordinator
        .request(reqwest::Method::PATCH, &path)
        .header("If-Match", format!("\"{}.x\"", made["version"]))
        .json(&json!({ "full_name": "Renamed Person" }));
    let changed = world.coordinator.send(change).await.expect(200);
    assert_eq!(changed["full_name"], "Renamed Person");
    // The change has not forgotten the guess before it: four more lock the account.
    world.mistype(email, 4).await;
    world.turned_away(email).await;
}

on_both_databases!(
    guesses_and_sign_ins_are_not_in_the_way_of_whoever_changes_the_person,
    unknown_wrong_and_locked_are_told_the_same,
    every_refusal_takes_the_same_steps_so_that_its_time_tells_nothing,
    a_refresh_token_is_used_once_and_reuse_ends_the_family,
    signing_out_ends_the_access_token_at_once,
    an_access_token_runs_out_after_fifteen_minutes,
    a_disabled_person_is_refused_at_the_next_request,
    me_tells_person_institution_roles_and_permissions,
    forged_tokens_are_refused,
    nobody_changes_the_own_roles,
);
