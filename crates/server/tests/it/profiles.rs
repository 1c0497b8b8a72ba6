//! Profiles, over HTTP: who keeps which section, and what a section must be.

use serde_json::{Value, json};

use crate::support::{PASSWORD, World, id};

fn profile_of(user: &str) -> String {
    format!("/users/{user}/profile")
}

async fn the_institution_keeps_a_students_profile_and_the_student_sees_it(world: World) {
    let path = profile_of(&world.student.id);
    let empty = world.student.get(&path).await.expect(200);
    assert_eq!(
        (&empty["student"], &empty["supervisor"]),
        (&Value::Null, &Value::Null)
    );
    let student = json!({
        "registration_number": "2026-04-01234", "programme_id": world.programme, "year_of_study": 3, "grade_average": 3.75,
    });
    let kept = world
        .coordinator
        .patch(&path, &json!({ "student": student }))
        .await
        .expect(200);
    assert_eq!(kept["student"], student);
    assert_eq!(world.student.get(&path).await.expect(200)["student"], student);
    // What makes one eligible is not one's own to change.
    let better = json!({ "student": { "registration_number": "2026-04-01234", "grade_average": 5 } });
    world
        .student
        .patch(&path, &better)
        .await
        .expect_problem(403, "forbidden");
    let misplaced = json!({ "supervisor": { "title": "Engineer" } });
    let told = world
        .student
        .patch(&path, &misplaced)
        .await
        .expect_problem(422, "profile_misplaced");
    assert_eq!(told["errors"][0]["pointer"], "/supervisor");
    for (student, code, pointer) in [
        (
            json!({ "year_of_study": 11 }),
            "year_of_study_out_of_range",
            "/student/year_of_study",
        ),
        (
            json!({ "programme_id": "0198c9b0-0000-7000-8000-000000000000" }),
            "programme_unknown",
            "/student/programme_id",
        ),
        (
            json!({ "grade_average": 3.755 }),
            "invalid_value",
            "/student/grade_average",
        ),
        (json!({ "grade": 1 }), "unknown_field", "/student/grade"),
    ] {
        let told = world
            .coordinator
            .patch(&path, &json!({ "student": student }))
            .await
            .expect_problem(422, code);
        assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
    }
    let twin = world.person("twin@dit.example", "Twin", "student", None).await;
    let same = json!({ "student": { "registration_number": "2026-04-01234" } });
    let told = world
        .coordinator
        .patch(&profile_of(&twin.id), &same)
        .await
        .expect_problem(409, "registration_number_taken");
    assert_eq!(told["errors"][0]["pointer"], "/student/registration_number");
    let changed = world
        .admin
        .get("/audit-log?action=identity.update_profile")
        .await
        .expect(200);
    assert_eq!(
        changed["items"][0]["detail"]["values"]["after"]["student"]["year_of_study"],
        3
    );
}

async fn supervisors_and_coordinators_keep_their_own_sections(world: World) {
    let path = profile_of(&world.academic.id);
    let staff =
        json!({ "title": "Senior Lecturer", "department": "Electrical", "expertise": ["drives", "PLC"] });
    let kept = world
        .academic
        .patch(&path, &json!({ "supervisor": staff }))
        .await
        .expect(200);
    assert_eq!(kept["supervisor"], staff);
    // What is left out stays; null takes it away.
    world.academic.patch(&path, &json!({})).await.expect(200);
    assert_eq!(
        world.coordinator.get(&path).await.expect(200)["supervisor"],
        staff
    );
    world
        .coordinator
        .patch(&path, &json!({ "supervisor": null }))
        .await
        .expect(200);
    assert_eq!(
        world.academic.get(&path).await.expect(200)["supervisor"],
        Value::Null
    );
    let own = profile_of(&world.coordinator.id);
    world
        .coordinator
        .patch(&own, &json!({ "coordinator": { "title": "Head of training" } }))
        .await
        .expect(200);
    // Of two who change at once, the later one is told.
    let seen = world.academic.get(&path).await;
    let etag = seen.header("etag").unwrap().to_owned();
    world
        .academic
        .patch(&path, &json!({ "supervisor": staff }))
        .await
        .expect(200);
    let late = world
        .academic
        .request(reqwest::Method::PATCH, &path)
        .header("If-Match", etag)
        .json(&json!({}));
    world
        .academic
        .send(late)
        .await
        .expect_problem(412, "stale_version");
    world.student.get(&path).await.expect_problem(403, "forbidden");
    world
        .industry
        .patch(&path, &json!({}))
        .await
        .expect_problem(403, "forbidden");
}

async fn a_person_can_come_with_a_profile(world: World) {
    let body = |email: &str, number: &str| {
        json!({
            "email": email, "full_name": "New Student", "roles": ["student"], "password": PASSWORD,
            "profile": { "student": { "registration_number": number, "year_of_study": 2 } },
        })
    };
    let made = world
        .coordinator
        .post("/users", &body("n@dit.example", "R-1"))
        .await
        .expect(201);
    let profile = world.coordinator.get(&profile_of(&id(&made))).await.expect(200);
    assert_eq!(profile["student"]["registration_number"], "R-1");
    let told = world
        .coordinator
        .post("/users", &body("m@dit.example", "r-1"))
        .await
        .expect_problem(409, "registration_number_taken");
    assert_eq!(
        told["errors"][0]["pointer"],
        "/profile/student/registration_number"
    );
    let found = world.coordinator.get("/users?q=m@dit.example").await.expect(200);
    assert_eq!(found["items"], json!([]), "nothing of it was kept");
    let mut misplaced = body("o@dit.example", "R-2");
    misplaced["roles"] = json!(["university_supervisor"]);
    let told = world
        .coordinator
        .post("/users", &misplaced)
        .await
        .expect_problem(422, "profile_misplaced");
    assert_eq!(told["errors"][0]["pointer"], "/profile/student");
}

on_both_databases!(
    the_institution_keeps_a_students_profile_and_the_student_sees_it,
    supervisors_and_coordinators_keep_their_own_sections,
    a_person_can_come_with_a_profile,
);
