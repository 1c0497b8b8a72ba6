//! What lies in another institution does not exist.

use crate::support::{PASSWORD, World, id, report};
use serde_json::json;

async fn another_institution_sees_nothing_of_this_one(world: World) {
    let log = world.submit("2026-07-06").await;
    let stranger = world.other_institution().await;
    for path in [
        format!("/logs/{log}"),
        format!("/logs/{log}/history"),
        format!("/placements/{}", world.placement),
        format!("/placements/{}/progress", world.placement),
        format!("/programmes/{}", world.programme),
        format!("/users/{}", world.student.id),
    ] {
        stranger.get(&path).await.expect_problem(404, "not_found");
    }
    for list in [
        "/logs",
        "/placements",
        "/programmes",
        "/organisations",
        "/audit-log?action=logbook.submit",
    ] {
        let page = stranger.get(list).await.expect(200);
        assert_eq!(page["items"], json!([]), "{list}");
    }
    let people = stranger.get("/users").await.expect(200);
    assert_eq!(
        people["items"].as_array().unwrap().len(),
        1,
        "only the administrator of the other institution"
    );
    let void = json!({ "comments": "mine now" });
    stranger
        .post(&format!("/logs/{log}/void"), &void)
        .await
        .expect_problem(404, "not_found");
}

async fn one_inbox_serves_an_industrial_supervisor_of_two_institutions(world: World) {
    world.submit("2026-07-06").await;
    let other = world.other_institution().await;
    // The same company and the same foreman, at the other institution.
    let organisation = world.organisation.as_str();
    other
        .act(&format!("/organisations/{organisation}/relation"))
        .await
        .expect(201);
    other
        .act(&format!("/organisations/{organisation}/verify"))
        .await
        .expect(200);
    let foreman = json!({
        "email": "foreman@kilima.example", "full_name": "Somebody Else", "roles": ["industrial_supervisor"],
        "organisation_id": organisation,
    });
    let member = other.post("/users", &foreman).await.expect(201);
    assert_eq!(
        member["full_name"], "Juma Foreman",
        "a membership never changes the person's name"
    );
    let person = |email: &str, role: &str| json!({ "email": email, "full_name": "A Person", "roles": [role], "password": PASSWORD });
    let student = id(&other
        .post("/users", &person("s@udsm.example", "student"))
        .await
        .expect(201));
    let lecturer = id(&other
        .post("/users", &person("l@udsm.example", "university_supervisor"))
        .await
        .expect(201));
    let programme = json!({
        "name": "Practical training", "code": "PT-1", "credit_units": 4, "required_hours": 160, "required_days": 20,
        "window": { "start": "2026-06-01", "end": "2026-12-31" },
    });
    let programme = id(&other.post("/programmes", &programme).await.expect(201));
    let placement = json!({
        "student_id": student, "organisation_id": organisation, "programme_id": programme,
        "industrial_supervisor_id": world.industry.id, "university_supervisor_id": lecturer,
        "start_date": "2026-07-06", "end_date": "2026-09-25",
    });
    let placement = id(&other.post("/placements", &placement).await.expect(201));
    other
        .act(&format!("/placements/{placement}/approve"))
        .await
        .expect(200);
    let student = world.nobody.sign_in("s@udsm.example", PASSWORD).await;
    let theirs = id(&student.post("/logs", &report("2026-07-06")).await.expect(201));

    let industry = world.nobody.sign_in("foreman@kilima.example", PASSWORD).await;
    let inbox = industry.get("/logs?awaiting=me&count=true").await.expect(200);
    assert_eq!(inbox["total"], 2, "{inbox}");
    let approval = json!({ "status": "approved" });
    industry
        .patch(&format!("/logs/{theirs}/verify-industry"), &approval)
        .await
        .expect(200);
    let trail = other
        .get(&format!("/audit-log?object={theirs}"))
        .await
        .expect(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 2, "{trail}");
}

on_both_databases!(
    another_institution_sees_nothing_of_this_one,
    one_inbox_serves_an_industrial_supervisor_of_two_institutions,
);
