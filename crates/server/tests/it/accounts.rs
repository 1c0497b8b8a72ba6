//! What people do about their accounts themselves: registering, verifying, resetting.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{PASSWORD, World, other_than};

const NEWCOMER: &str = "newcomer@mail.example";

fn registration(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password, "full_name": "Neema Newcomer", "tenant": "dit" })
}

async fn a_newcomer_registers_verifies_and_signs_in_as_a_student(world: World) {
    let nobody = &world.nobody;
    let taken = nobody
        .post("/auth/register", &registration(NEWCOMER, PASSWORD))
        .await;
    assert_eq!(taken.expect(202), json!({ "status": "accepted" }));
    let login = json!({ "email": NEWCOMER, "password": PASSWORD });
    nobody
        .post("/auth/login", &login)
        .await
        .expect_problem(403, "email_not_verified");
    let wrong = json!({ "email": NEWCOMER, "password": "wrong-Password-1" });
    nobody
        .post("/auth/login", &wrong)
        .await
        .expect_problem(401, "invalid_credentials");

    let code = world.mailed_code(NEWCOMER).await;
    let refused = json!({ "email": NEWCOMER, "code": other_than(&code) });
    let problem = nobody
        .post("/auth/verify-email", &refused)
        .await
        .expect_problem(422, "invalid_code");
    assert_eq!(problem["errors"][0]["pointer"], "/code");
    let verification = json!({ "email": "NEWCOMER@mail.example", "code": code });
    nobody.post("/auth/verify-email", &verification).await.expect(204);
    nobody
        .post("/auth/verify-email", &verification)
        .await
        .expect_problem(422, "invalid_code");

    let newcomer = nobody.sign_in(NEWCOMER, PASSWORD).await;
    let me = newcomer.get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["roles"], &me["email_verified"]),
        (&json!(["student"]), &json!(true))
    );
    assert_eq!(me["tenant"]["code"], "dit");
    let trail = world
        .admin
        .get("/audit-log?action=identity.register")
        .await
        .expect(200);
    assert_eq!(trail["items"][0]["object"]["id"], newcomer.id.as_str(), "{trail}");
}

async fn a_known_address_is_answered_alike_and_only_its_owner_is_told(world: World) {
    let attempt = registration("student@dit.example", "marble-Otters-in-kilns-9");
    let known = world.nobody.post("/auth/register", &attempt).await;
    let unknown = world
        .nobody
        .post("/auth/register", &registration(NEWCOMER, PASSWORD))
        .await;
    assert_eq!((known.status, &known.bytes), (unknown.status, &unknown.bytes));
    let mail = world.last_mail("student@dit.example").await;
    assert_eq!(
        mail.subject(),
        "Somebody tried to register with your mail address"
    );
    let text = mail.text().unwrap();
    assert!(
        text.split(|letter: char| !letter.is_ascii_digit())
            .all(|digits| digits.len() < 8),
        "{text}"
    );
    world.nobody.sign_in("student@dit.example", PASSWORD).await;
    let me = world.student.get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["full_name"], &me["roles"]),
        (&json!("Asha Mushi"), &json!(["student"]))
    );
}

async fn an_institution_closes_its_registration(world: World) {
    let closed = json!({ "self_registration": false });
    world
        .coordinator
        .patch("/tenant", &closed)
        .await
        .expect_problem(403, "forbidden");
    let tenant = world.admin.patch("/tenant", &closed).await.expect(200);
    assert_eq!(tenant["self_registration"], false);
    let refused = world
        .nobody
        .post("/auth/register", &registration(NEWCOMER, PASSWORD))
        .await;
    let problem = refused.expect_problem(422, "registration_closed");
    assert_eq!(problem["errors"][0]["pointer"], "/tenant");
    world.deliver().await;
    assert!(world.smtp.messages().is_empty());
}

async fn a_registration_chooses_no_role_and_no_easy_password(world: World) {
    let mut body = registration(NEWCOMER, PASSWORD);
    body["roles"] = json!(["tenant_admin"]);
    world
        .nobody
        .post("/auth/register", &body)
        .await
        .expect_problem(422, "unknown_field");
    let weak = registration(NEWCOMER, "password123");
    let problem = world.nobody.post("/auth/register", &weak).await.expect(422);
    assert_eq!(problem["errors"][0]["pointer"], "/password", "{problem}");
    for easy in ["short", "neema.newcomer", NEWCOMER, &"x".repeat(200)] {
        let problem = world
            .nobody
            .post("/auth/register", &registration(NEWCOMER, easy))
            .await
            .expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/password", "{easy}: {problem}");
    }
    world.deliver().await;
    assert!(world.smtp.messages().is_empty());
}

async fn twenty_guesses_at_once_are_five_tries(world: World) {
    world
        .nobody
        .post("/auth/register", &registration(NEWCOMER, PASSWORD))
        .await
        .expect(202);
    let code = world.mailed_code(NEWCOMER).await;
    let wrong = json!({ "email": NEWCOMER, "code": other_than(&code) });
    let guesses = join_all((0..20).map(|_| world.nobody.post("/auth/verify-email", &wrong))).await;
    for guess in guesses {
        guess.expect_problem(422, "invalid_code");
    }
    let right = json!({ "email": NEWCOMER, "code": code });
    world
        .nobody
        .post("/auth/verify-email", &right)
        .await
        .expect_problem(422, "invalid_code");
    let again = json!({ "email": NEWCOMER });
    world
        .nobody
        .post("/auth/resend-verification", &again)
        .await
        .expect(202);
    let newer = json!({ "email": NEWCOMER, "code": world.mailed_code(NEWCOMER).await });
    let both = join_all((0..2).map(|_| world.nobody.post("/auth/verify-email", &newer))).await;
    let mut told: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [204, 422], "the right code twice at once: one wins");
}

async fn many_who_register_with_one_address_at_once_are_one_person(world: World) {
    let body = registration(NEWCOMER, PASSWORD);
    for answer in join_all((0..8).map(|_| world.nobody.post("/auth/register", &body))).await {
        answer.expect(202);
    }
    let people = world.admin.get("/users?q=newcomer&count=true").await.expect(200);
    assert_eq!(people["total"], 1, "{people}");
    let code = world.mailed_code(NEWCOMER).await;
    let right = json!({ "email": NEWCOMER, "code": code });
    world.nobody.post("/auth/verify-email", &right).await.expect(204);
}

async fn a_code_runs_out_and_asking_again_tells_nothing_about_an_address(world: World) {
    world
        .nobody
        .post("/auth/register", &registration(NEWCOMER, PASSWORD))
        .await
        .expect(202);
    let late = json!({ "email": NEWCOMER, "code": world.mailed_code(NEWCOMER).await });
    world.clock.advance(TimeDelta::minutes(10));
    world
        .nobody
        .post("/auth/verify-email", &late)
        .await
        .expect_problem(422, "invalid_code");
    let mut answers = Vec::new();
    for address in [NEWCOMER, "student@dit.example", "nobody@dit.example"] {
        let answer = world
            .nobody
            .post("/auth/resend-verification", &json!({ "email": address }))
            .await;
        answers.push((answer.status, answer.bytes));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    world.deliver().await;
    assert_eq!(
        world.smtp.messages().len(),
        2,
        "only the newcomer gets another code"
    );
}

on_both_databases!(
    a_newcomer_registers_verifies_and_signs_in_as_a_student,
    a_known_address_is_answered_alike_and_only_its_owner_is_told,
    an_institution_closes_its_registration,
    a_registration_chooses_no_role_and_no_easy_password,
    twenty_guesses_at_once_are_five_tries,
    many_who_register_with_one_address_at_once_are_one_person,
    a_code_runs_out_and_asking_again_tells_nothing_about_an_address,
);
