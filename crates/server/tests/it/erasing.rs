//! What is left of a person whose last membership ends.

use ipt_application::audit::link;
use serde_json::{Value, json};

use crate::support::{PASSWORD, World};

async fn a_person_is_erased_and_the_record_of_the_work_stays(world: World) {
    let log = world.approve("2026-07-06").await;
    world.deliver().await;
    link::execute(&world.services).await.unwrap();
    let records = world
        .admin
        .get("/audit-log?count=true&limit=1&action=identity.")
        .await
        .expect(200)["total"]
        .clone();
    let path = format!("/users/{}", world.student.id);
    world.coordinator.delete(&path).await.expect(204);

    world
        .student
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    world
        .coordinator
        .get(&path)
        .await
        .expect_problem(404, "not_found");
    world
        .coordinator
        .delete(&path)
        .await
        .expect_problem(404, "not_found");
    world.turned_away("student@dit.example").await;

    let entry = world.academic.get(&format!("/logs/{log}")).await.expect(200);
    assert_eq!(entry["state"], "industry_verified");
    let shown = [
        entry,
        world
            .coordinator
            .get(&format!("/placements/{}", world.placement))
            .await
            .expect(200),
        world
            .coordinator
            .get(&format!("/logs/{log}/history"))
            .await
            .expect(200),
        world.industry.get("/notifications").await.expect(200),
        world.academic.get("/notifications").await.expect(200),
        world.admin.get("/audit-log?limit=100").await.expect(200),
        world.coordinator.get("/users?limit=100").await.expect(200),
    ];
    for answer in &shown {
        let text = answer.to_string();
        assert!(
            !text.contains("Asha") && !text.contains("student@dit.example"),
            "{text}"
        );
    }
    assert!(shown[0].to_string().contains("Erased person"), "{}", shown[0]);

    link::execute(&world.services).await.unwrap();
    let report = world.admin.get("/audit-log/verify").await.expect(200);
    assert_eq!(
        (&report["first_broken"], &report["not_linked_yet"]),
        (&Value::Null, &json!(0)),
        "{report}"
    );
    let after = world
        .admin
        .get("/audit-log?count=true&limit=1&action=identity.")
        .await
        .expect(200)["total"]
        .clone();
    assert_eq!(
        after.as_u64(),
        records.as_u64().map(|total| total + 1),
        "no record is gone"
    );
    let erased = world
        .admin
        .get("/audit-log?action=identity.erase_user")
        .await
        .expect(200);
    assert_eq!(erased["items"].as_array().unwrap().len(), 1, "{erased}");
}

async fn the_address_of_somebody_erased_is_free_again(world: World) {
    let path = format!("/users/{}", world.student.id);
    world.coordinator.delete(&path).await.expect(204);
    let again = world
        .person("student@dit.example", "Another Student", "student", None)
        .await;
    assert_ne!(again.id, world.student.id);
    assert_eq!(
        again.get("/auth/me").await.expect(200)["full_name"],
        "Another Student"
    );
    assert_eq!(again.get("/logs").await.expect(200)["items"], json!([]));
}

async fn whom_another_institution_has_is_not_erased(world: World) {
    let other = world.other_institution().await;
    let member = json!({
        "email": "lecturer@dit.example", "full_name": "Neema Lecturer", "roles": ["university_supervisor"],
    });
    other.post("/users", &member).await.expect(201);
    let path = format!("/users/{}", world.academic.id);
    world.coordinator.delete(&path).await.expect(204);
    world
        .academic
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    let there = world.nobody.sign_in("lecturer@dit.example", PASSWORD).await;
    let me = there.get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["full_name"], &me["tenant"]["code"]),
        (&json!("Neema Lecturer"), &json!("udsm"))
    );
    other.delete(&path).await.expect(204);
    there.get("/auth/me").await.expect_problem(401, "invalid_token");
    world.turned_away("lecturer@dit.example").await;
}

on_both_databases!(
    a_person_is_erased_and_the_record_of_the_work_stays,
    the_address_of_somebody_erased_is_free_again,
    whom_another_institution_has_is_not_erased,
);
