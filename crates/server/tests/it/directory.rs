//! One directory of organisations for all institutions, and each one's own relation to them.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, World, id};

/// What a problem or a page names as an organisation.
fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

/// Takes up the world's company for another institution, and verifies it there.
async fn take_up(world: &World, admin: &Client) {
    let relation = format!("/organisations/{}/relation", world.organisation);
    admin.act(&relation).await.expect(201);
    let verify = format!("/organisations/{}/verify", world.organisation);
    admin.act(&verify).await.expect(200);
}

async fn a_second_institution_finds_the_company_and_deals_with_it_too(world: World) {
    let admin = world.other_institution().await;
    let own = format!("/organisations/{}", world.organisation);
    let noted = json!({ "contacts": "Bi Neema, 0700 000 000", "notes": "Pays late.", "country": "Tanzania" });
    world.coordinator.patch(&own, &noted).await.expect(200);

    assert_eq!(names(&admin.get("/organisations").await.expect(200)), [""; 0]);
    admin.get(&own).await.expect_problem(404, "not_found");
    let known = json!({ "name": "KILIMA works", "city": "dar es salaam" });
    let refused = admin.post("/organisations", &known).await;
    let problem = refused.expect_problem(409, "organisation_exists");
    assert_eq!(problem["organisation_id"], *world.organisation);

    let found = admin
        .get("/organisations/directory?q=kilima&city=DAR%20ES%20SALAAM&count=true")
        .await
        .expect(200);
    assert_eq!(found["total"], 1);
    let entry = json!({
        "id": world.organisation, "name": "Kilima Works", "sector": "manufacturing", "city": "Dar es Salaam",
        "country": "Tanzania", "related": false,
    });
    assert_eq!(found["items"], json!([entry]), "and nothing else is told");

    let answer = admin.act(&format!("{own}/relation")).await;
    let taken = answer.expect(201);
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/organisations/{}", world.organisation).as_str())
    );
    assert_eq!(
        (&taken["verified"], &taken["contacts"], &taken["notes"]),
        (&json!(false), &json!(null), &json!(null))
    );
    assert_eq!(admin.act(&format!("{own}/relation")).await.expect(200), taken);
    let stale = admin
        .request(reqwest::Method::POST, &format!("{own}/relation"))
        .header("If-Match", "\"99.x\"");
    admin.send(stale).await.expect_problem(412, "stale_version");
    assert_eq!(
        names(&admin.get("/organisations").await.expect(200)),
        ["Kilima Works"]
    );
    let theirs = json!({ "notes": "Very kind." });
    admin.patch(&own, &theirs).await.expect(200);
    let ours = world.coordinator.get(&own).await.expect(200);
    assert_eq!(
        (&ours["verified"], &ours["notes"]),
        (&json!(true), &json!("Pays late."))
    );
}

async fn a_company_of_the_same_name_is_made_on_purpose_only(world: World) {
    let mut same = json!({ "name": "Kilima Works", "city": "Dar es Salaam" });
    world
        .coordinator
        .post("/organisations", &same)
        .await
        .expect_problem(409, "organisation_exists");
    same["confirm_distinct"] = json!(true);
    let another = world.coordinator.post("/organisations", &same).await.expect(201);
    assert_ne!(another["id"], *world.organisation);
    same["confirm_distinct"] = json!(false);
    same["city"] = json!("Mwanza");
    let third = world.coordinator.post("/organisations", &same).await.expect(201);
    let path = format!("/organisations/{}", id(&third));
    let mut moved = json!({ "city": "Dar es Salaam" });
    world
        .coordinator
        .patch(&path, &moved)
        .await
        .expect_problem(409, "organisation_exists");
    moved["confirm_distinct"] = json!(true);
    world.coordinator.patch(&path, &moved).await.expect(200);
}

async fn of_two_institutions_that_make_a_company_at_once_one_does(world: World) {
    let admin = world.other_institution().await;
    for number in 0..5 {
        let company = json!({ "name": format!("Race {number}"), "city": "Tanga" });
        let (ours, theirs) = tokio::join!(
            world.coordinator.post("/organisations", &company),
            admin.post("/organisations", &company)
        );
        let (made, refused) = if ours.status == 201 {
            (ours, theirs)
        } else {
            (theirs, ours)
        };
        let made = made.expect(201);
        let problem = refused.expect_problem(409, "organisation_exists");
        assert_eq!(problem["organisation_id"], made["id"]);
    }
}

/// A placement under way in another institution, with a supervisor who serves the world's already; its student.
async fn placed_elsewhere(world: &World, admin: &Client) -> Client {
    let person = async |email: &str, role: &str| {
        let body = json!({ "email": email, "full_name": "Some Body", "roles": [role], "password": PASSWORD });
        admin.post("/users", &body).await.expect(201);
        world.nobody.sign_in(email, PASSWORD).await
    };
    let student = person("student@udsm.example", "student").await;
    let lecturer = person("lecturer@udsm.example", "university_supervisor").await;
    let known = json!({
        "email": "foreman@kilima.example", "full_name": "Juma Foreman", "roles": ["industrial_supervisor"],
        "organisation_id": world.organisation,
    });
    let known = admin.post("/users", &known).await.expect(201);
    assert_eq!(known["id"], *world.industry.id, "nobody is made twice");
    let programme = json!({
        "name": "Field training", "code": "FT-1", "credit_units": 8, "required_hours": 320, "required_days": 40,
        "window": { "start": "2026-06-01", "end": "2026-12-31" },
    });
    let programme = id(&admin.post("/programmes", &programme).await.expect(201));
    let placement = json!({
        "student_id": student.id, "organisation_id": world.organisation, "programme_id": programme,
        "industrial_supervisor_id": world.industry.id, "university_supervisor_id": lecturer.id,
        "start_date": "2026-07-06", "end_date": "2026-09-25",
    });
    let placement = id(&admin.post("/placements", &placement).await.expect(201));
    let approve = format!("/placements/{placement}/approve");
    assert_eq!(admin.act(&approve).await.expect(200)["state"], "active");
    student
}

async fn a_supervisor_serves_both_institutions_from_one_inbox(world: World) {
    let admin = world.other_institution().await;
    take_up(&world, &admin).await;
    let student = placed_elsewhere(&world, &admin).await;
    let here = world.submit("2026-07-06").await;
    let there = id(&student
        .post("/logs", &crate::support::report("2026-07-06"))
        .await
        .expect(201));

    let inbox = world
        .industry
        .get("/logs?awaiting=me&count=true")
        .await
        .expect(200);
    assert_eq!(inbox["total"], 2);
    let mut waiting: Vec<String> = inbox["items"].as_array().unwrap().iter().map(id).collect();
    waiting.sort();
    let mut expected = vec![here.clone(), there.clone()];
    expected.sort();
    assert_eq!(waiting, expected);
    let approval = json!({ "log_ids": [here, there], "status": "approved", "comments": "Good" });
    let done = world
        .industry
        .post("/logs/verify-industry", &approval)
        .await
        .expect(200);
    let results = done["results"].as_array().unwrap().iter();
    assert!(results.clone().all(|result| result["status"] == 200), "{done}");
    // Each institution sees its own.
    let theirs = admin.get("/logs?count=true").await.expect(200);
    assert_eq!(theirs["total"], 1);
    assert_eq!(id(&theirs["items"][0]), there);
    admin
        .get(&format!("/logs/{here}"))
        .await
        .expect_problem(404, "not_found");
}

on_both_databases!(
    a_second_institution_finds_the_company_and_deals_with_it_too,
    a_company_of_the_same_name_is_made_on_purpose_only,
    of_two_institutions_that_make_a_company_at_once_one_does,
    a_supervisor_serves_both_institutions_from_one_inbox,
);
