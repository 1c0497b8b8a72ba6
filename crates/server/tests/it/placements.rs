//! Placements before they are agreed to.

use serde_json::{Value, json};

use crate::support::{Client, World, id};

/// Another company that the institution deals with, its site, and a supervisor there.
async fn another_company(world: &World) -> (String, String, Client) {
    let company = json!({ "name": "Maji Systems", "city": "Dodoma" });
    let company = id(&world
        .coordinator
        .post("/organisations", &company)
        .await
        .expect(201));
    let sites = format!("/organisations/{company}/sites");
    let site = id(&world
        .coordinator
        .post(&sites, &json!({ "name": "Yard" }))
        .await
        .expect(201));
    let (role, at_work) = ("industrial_supervisor", Some(company.as_str()));
    let supervisor = world
        .person("boss@maji.example", "Rashid Boss", role, at_work)
        .await;
    (company, site, supervisor)
}

/// A placement that a student brings, with the world's company and supervisors.
async fn proposed(world: &World) -> (Client, Value) {
    let student = world
        .person("new@dit.example", "New Student", "student", None)
        .await;
    let proposal = json!({
        "student_id": student.id, "organisation_id": world.organisation, "site_id": world.site,
        "programme_id": world.programme, "industrial_supervisor_id": world.industry.id,
        "university_supervisor_id": world.academic.id, "start_date": "2026-07-13", "end_date": "2026-09-25",
    });
    let placement = student.post("/placements", &proposal).await.expect(201);
    (student, placement)
}

async fn a_proposal_moves_to_another_company_with_site_and_supervisor(world: World) {
    let (company, site, supervisor) = another_company(&world).await;
    let (student, placement) = proposed(&world).await;
    let path = format!("/placements/{}", id(&placement));
    let moved = json!({ "organisation_id": company });
    let refused = student.patch(&path, &moved).await;
    let problem = refused.expect_problem(422, "validation_failed");
    let told: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["site_unknown", "supervisor_not_eligible"]);

    let moved = json!({
        "organisation_id": company, "site_id": site, "industrial_supervisor_id": supervisor.id,
        "reason": "The first company withdrew.",
    });
    let moved = student.patch(&path, &moved).await.expect(200);
    assert_eq!(moved["organisation"]["id"], *company);
    assert_eq!(moved["site_id"], *site);
    assert_eq!(moved["industrial_supervisor"]["id"], *supervisor.id);
    let placements = supervisor.get("/placements").await.expect(200);
    assert_eq!(placements["items"][0]["id"], placement["id"]);
    assert_eq!(
        world.industry.get("/placements?state=proposed").await.expect(200)["items"],
        json!([])
    );
}

async fn a_proposal_can_leave_its_supervisor_open_again_and_an_approved_one_cannot(world: World) {
    let (student, placement) = proposed(&world).await;
    let path = format!("/placements/{}", id(&placement));
    let mut open = json!({ "industrial_supervisor_id": null });
    student
        .patch(&path, &open)
        .await
        .expect_problem(422, "comments_required");
    open["reason"] = json!("She changed her job.");
    let left = student.patch(&path, &open).await.expect(200);
    assert_eq!(left["industrial_supervisor"], json!(null));

    let under_way = format!("/placements/{}", world.placement);
    let refused = world.coordinator.patch(&under_way, &open).await;
    refused.expect_problem(422, "supervisor_required");
}

on_both_databases!(
    a_proposal_moves_to_another_company_with_site_and_supervisor,
    a_proposal_can_leave_its_supervisor_open_again_and_an_approved_one_cannot,
);
