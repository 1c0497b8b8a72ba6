//! A log through the chain, with every turn that it can take.

use serde_json::json;

use crate::support::{World, report};

async fn a_log_goes_to_industry_then_to_the_academic_side_and_becomes_credit(world: World) {
    let answer = world.student.post("/logs", &report("2026-07-06")).await;
    let log = answer.expect(201);
    let id = log["id"].as_str().unwrap();
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/logs/{id}").as_str())
    );
    assert_eq!(log["state"], "submitted");
    assert_eq!(log["student"]["full_name"], "Asha Mushi");
    assert_eq!(log["hours_worked"], 8.0);
    assert_eq!(log["late"], false);
    assert_eq!(log["due_at"], "2026-07-09T20:59:59.999999Z");
    assert_eq!(log["allowed_actions"], json!(["recall"]));

    let inbox = world
        .industry
        .get("/logs?awaiting=me&count=true")
        .await
        .expect(200);
    assert_eq!(inbox["total"], 1);
    assert_eq!(inbox["items"][0]["id"], *id);
    assert_eq!(inbox["items"][0]["allowed_actions"], json!(["approve", "reject"]));

    let approval =
        json!({ "status": "approved", "comments": "Clean work", "skills_demonstrated": ["Wiring"] });
    let approved = world
        .industry
        .patch(&format!("/logs/{id}/verify-industry"), &approval)
        .await
        .expect(200);
    assert_eq!(approved["state"], "industry_verified");
    assert_eq!(approved["skills_demonstrated"], json!(["Wiring"]));
    assert_eq!(approved["reviews"][0]["by"]["full_name"], "Juma Foreman");

    let validation = json!({ "status": "validated" });
    let validated = world
        .academic
        .patch(&format!("/logs/{id}/verify-academic"), &validation)
        .await
        .expect(200);
    assert_eq!(validated["state"], "validated");
    assert_eq!(validated["allowed_actions"], json!([]));

    let progress = world
        .student
        .get(&format!("/placements/{}/progress", world.placement))
        .await
        .expect(200);
    assert_eq!(progress["validated"], json!({ "hours": 8.0, "days": 1 }));
    assert_eq!(progress["required"], json!({ "hours": 320.0, "days": 40 }));
}

async fn a_rejected_log_is_revised_and_the_old_text_stays_readable(world: World) {
    let id = world.submit("2026-07-06").await;
    let rejection = json!({ "status": "rejected", "comments": "Which cabinet?" });
    let rejected = world
        .industry
        .patch(&format!("/logs/{id}/verify-industry"), &rejection)
        .await
        .expect(200);
    assert_eq!(rejected["state"], "revision_requested");

    let revision = json!({ "content": "Wired cabinet 7 and tested its relays.", "submit": true });
    let revised = world
        .student
        .patch(&format!("/logs/{id}"), &revision)
        .await
        .expect(200);
    assert_eq!(
        (&revised["state"], &revised["revision"]),
        (&json!("submitted"), &json!(2))
    );

    let history = world
        .academic
        .get(&format!("/logs/{id}/history"))
        .await
        .expect(200);
    let texts: Vec<_> = history["revisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|text| &text["content"])
        .collect();
    assert_eq!(
        texts,
        [
            "Wired the control cabinet and tested it.",
            "Wired cabinet 7 and tested its relays."
        ]
    );
    let steps: Vec<_> = history["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["action"])
        .collect();
    assert_eq!(steps, ["submit", "reject", "revise"]);
}

async fn a_reviewer_sees_the_last_submitted_text_and_not_an_edit_in_progress(world: World) {
    let id = world.submit("2026-07-06").await;
    let rejection = json!({ "status": "rejected", "comments": "More, please" });
    world
        .industry
        .patch(&format!("/logs/{id}/verify-industry"), &rejection)
        .await
        .expect(200);
    world
        .student
        .patch(&format!("/logs/{id}"), &json!({ "content": "half a sent" }))
        .await
        .expect(200);
    let seen = world.industry.get(&format!("/logs/{id}")).await.expect(200);
    assert_eq!(seen["content"], "Wired the control cabinet and tested it.");
    let own = world.student.get(&format!("/logs/{id}")).await.expect(200);
    assert_eq!(own["content"], "half a sent");
}

async fn a_flagged_log_is_looked_at_by_a_coordinator_and_comes_back(world: World) {
    let id = world.approve("2026-07-06").await;
    let flag = json!({ "status": "flagged", "comments": "Eight hours on a half holiday?" });
    let flagged = world
        .academic
        .patch(&format!("/logs/{id}/verify-academic"), &flag)
        .await
        .expect(200);
    assert_eq!(
        (&flagged["state"], &flagged["flag_count"]),
        (&json!("flagged"), &json!(1))
    );

    let queue = world
        .coordinator
        .get("/logs?flagged=true&state=flagged")
        .await
        .expect(200);
    assert_eq!(queue["items"][0]["id"], id);
    let back = json!({ "resolution": "return_to_academic", "comments": "The works ran all day" });
    let returned = world
        .coordinator
        .post(&format!("/logs/{id}/resolve-flag"), &back)
        .await
        .expect(200);
    assert_eq!(returned["state"], "industry_verified");
}

async fn a_disputed_rejection_cannot_go_to_the_academic_side(world: World) {
    let id = world.submit("2026-07-06").await;
    let rejection = json!({ "status": "rejected", "comments": "No" });
    world
        .industry
        .patch(&format!("/logs/{id}/verify-industry"), &rejection)
        .await
        .expect(200);
    world
        .student
        .post(
            &format!("/logs/{id}/dispute"),
            &json!({ "comments": "I was there" }),
        )
        .await
        .expect(200);
    let back = json!({ "resolution": "return_to_academic", "comments": "fine" });
    let refused = world
        .coordinator
        .post(&format!("/logs/{id}/resolve-flag"), &back)
        .await;
    let problem = refused.expect_problem(409, "invalid_transition");
    assert_eq!(problem["state"], "flagged");
    assert_eq!(problem["action"], "return_to_academic");
    assert_eq!(
        problem["allowed"],
        json!(["return_to_industry", "return_to_student", "void"])
    );
    let back = json!({ "resolution": "return_to_industry", "comments": "look again" });
    let returned = world
        .coordinator
        .post(&format!("/logs/{id}/resolve-flag"), &back)
        .await
        .expect(200);
    assert_eq!(returned["state"], "submitted");
}

async fn a_silent_supervisor_is_replaced_by_evidence_and_the_label_stays(world: World) {
    let id = world.submit("2026-07-06").await;
    let evidence = json!({ "comments": "Gate records of the works" });
    let verified = world
        .coordinator
        .post(&format!("/logs/{id}/verify-on-evidence"), &evidence)
        .await
        .expect(200);
    assert_eq!(verified["verified_on_evidence"], true);
    let validation = json!({ "status": "validated" });
    let validated = world
        .academic
        .patch(&format!("/logs/{id}/verify-academic"), &validation)
        .await
        .expect(200);
    assert_eq!(validated["verified_on_evidence"], true);
}

async fn a_slip_is_undone_while_nobody_has_acted_on_it(world: World) {
    let id = world.approve("2026-07-06").await;
    let comments = json!({ "comments": "Wrong day" });
    let retracted = world
        .industry
        .post(&format!("/logs/{id}/retract"), &comments)
        .await
        .expect(200);
    assert_eq!(retracted["state"], "submitted");
    let validation = json!({ "status": "validated" });
    let refused = world
        .academic
        .patch(&format!("/logs/{id}/verify-academic"), &validation)
        .await;
    assert_eq!(
        refused.expect_problem(409, "invalid_transition")["state"],
        "submitted"
    );
}

async fn a_draft_is_seen_by_its_student_alone_and_can_be_dropped(world: World) {
    let draft = json!({ "content": "so", "log_date": "2026-07-06", "draft": true });
    let log = world.student.post("/logs", &draft).await.expect(201);
    let path = format!("/logs/{}", log["id"].as_str().unwrap());
    assert_eq!(log["state"], "draft");
    for stranger in [&world.industry, &world.academic, &world.coordinator, &world.admin] {
        stranger.get(&path).await.expect_problem(404, "not_found");
    }
    world.student.delete(&path).await.expect(204);
    world.student.get(&path).await.expect_problem(404, "not_found");
    world.submit("2026-07-06").await;
}

async fn a_week_is_reviewed_in_one_action_and_each_entry_stands_by_itself(world: World) {
    let mut world = world;
    world.at("2026-07-10T16:00:00").await;
    let mut ids = Vec::new();
    for date in ["2026-07-06", "2026-07-07", "2026-07-08"] {
        ids.push(world.submit(date).await);
    }
    let unknown = "0198c9b0-0000-7000-8000-000000000000";
    let first = ids[0].clone();
    let mut named: Vec<&str> = ids.iter().map(String::as_str).collect();
    named.extend([unknown, first.as_str()]);
    let body = json!({ "log_ids": named, "status": "approved", "comments": "A good week" });
    let answer = world
        .industry
        .post("/logs/verify-industry", &body)
        .await
        .expect(200);
    let statuses: Vec<_> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["status"].clone())
        .collect();
    assert_eq!(statuses, [200, 200, 200, 404]);
    assert_eq!(answer["results"][3]["problem"]["code"], "not_found");
    assert_eq!(answer["results"][0]["log"]["state"], "industry_verified");
    assert_eq!(answer["results"][0]["log"]["reviews"][0]["way"], "many");
}

async fn hours_left_out_are_assumed_and_industry_may_confirm_fewer(world: World) {
    let report = json!({ "content": "Wired the control cabinet and tested it.", "log_date": "2026-07-06" });
    let log = world.student.post("/logs", &report).await.expect(201);
    assert_eq!(
        (&log["hours_worked"], &log["hours_assumed"]),
        (&json!(8.0), &json!(true))
    );
    let path = format!("/logs/{}/verify-industry", log["id"].as_str().unwrap());
    let more = json!({ "status": "approved", "comments": "long day", "hours_confirmed": 9 });
    world
        .industry
        .patch(&path, &more)
        .await
        .expect_problem(422, "hours_out_of_range");
    let silent = json!({ "status": "approved", "hours_confirmed": 6 });
    world
        .industry
        .patch(&path, &silent)
        .await
        .expect_problem(422, "comments_required");
    let fewer = json!({ "status": "approved", "comments": "left at two", "hours_confirmed": 6 });
    let approved = world.industry.patch(&path, &fewer).await.expect(200);
    assert_eq!(approved["hours_confirmed"], 6.0);
}

async fn the_wrong_person_is_told_before_a_stale_version_or_an_illegal_action(world: World) {
    let id = world.approve("2026-07-06").await;
    let other = world.person(
        "other@kilima.example",
        "Other Foreman",
        "industrial_supervisor",
        Some(&world.organisation),
    );
    let other = other.await;
    let request = other
        .request(reqwest::Method::PATCH, &format!("/logs/{id}/verify-industry"))
        .header("If-Match", "\"1.x\"")
        .json(&json!({ "status": "approved" }));
    other
        .send(request)
        .await
        .expect_problem(403, "not_your_placement");
}

async fn a_stale_version_is_refused(world: World) {
    let id = world.approve("2026-07-06").await;
    let request = world
        .academic
        .request(reqwest::Method::PATCH, &format!("/logs/{id}/verify-academic"))
        .header("If-Match", "\"1.abc\"")
        .json(&json!({ "status": "validated" }));
    world
        .academic
        .send(request)
        .await
        .expect_problem(412, "stale_version");
}

async fn a_late_entry_needs_a_day_that_was_opened_again(world: World) {
    let mut world = world;
    world.at("2026-07-20T10:00:00").await;
    let answer = world.student.post("/logs", &report("2026-07-06")).await;
    answer.expect_problem(422, "too_late");
    let reopen = json!({
        "placement_ids": [world.placement], "from": "2026-07-06", "to": "2026-07-08", "reason": "The phone was broken",
    });
    world
        .coordinator
        .post("/placements/reopen-days", &reopen)
        .await
        .expect(200);
    let log = world
        .student
        .post("/logs", &report("2026-07-06"))
        .await
        .expect(201);
    assert_eq!(log["late"], true);
}

on_both_databases!(
    a_log_goes_to_industry_then_to_the_academic_side_and_becomes_credit,
    a_rejected_log_is_revised_and_the_old_text_stays_readable,
    a_reviewer_sees_the_last_submitted_text_and_not_an_edit_in_progress,
    a_flagged_log_is_looked_at_by_a_coordinator_and_comes_back,
    a_disputed_rejection_cannot_go_to_the_academic_side,
    a_silent_supervisor_is_replaced_by_evidence_and_the_label_stays,
    a_slip_is_undone_while_nobody_has_acted_on_it,
    a_draft_is_seen_by_its_student_alone_and_can_be_dropped,
    a_week_is_reviewed_in_one_action_and_each_entry_stands_by_itself,
    hours_left_out_are_assumed_and_industry_may_confirm_fewer,
    the_wrong_person_is_told_before_a_stale_version_or_an_illegal_action,
    a_stale_version_is_refused,
    a_late_entry_needs_a_day_that_was_opened_again,
);
