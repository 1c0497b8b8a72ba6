//! Many at once.

use futures_util::future::join_all;
use serde_json::json;

use crate::support::{World, id, report};

async fn of_twenty_submissions_of_one_day_exactly_one_wins(world: World) {
    let report = report("2026-07-06");
    let answers = join_all((0..20).map(|_| world.student.post("/logs", &report))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 1);
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        lost.expect_problem(409, "duplicate_day");
    }
    let list = world.student.get("/logs?count=true").await.expect(200);
    assert_eq!(list["total"], 1);
}

async fn of_twenty_reviewers_at_once_exactly_one_decides(world: World) {
    let id = world.submit("2026-07-06").await;
    let path = format!("/logs/{id}/verify-industry");
    let body = |number: usize| {
        let status = if number.is_multiple_of(2) {
            "approved"
        } else {
            "rejected"
        };
        json!({ "status": status, "comments": "decided" })
    };
    let bodies: Vec<_> = (0..20).map(body).collect();
    let answers = join_all(bodies.iter().map(|body| world.industry.patch(&path, body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        let problem = lost.expect_problem(409, "invalid_transition");
        assert_ne!(problem["state"], "submitted", "the loser is told the new state");
    }
    let history = world
        .student
        .get(&format!("/logs/{id}/history"))
        .await
        .expect(200);
    assert_eq!(history["reviews"].as_array().unwrap().len(), 2);
}

async fn recall_and_approval_at_once_leave_one_winner(world: World) {
    let id = world.submit("2026-07-06").await;
    let approval = json!({ "status": "approved" });
    let path = format!("/logs/{id}/verify-industry");
    let recall_path = format!("/logs/{id}/recall");
    let (recalled, approved) = tokio::join!(
        world.student.act(&recall_path),
        world.industry.patch(&path, &approval)
    );
    let mut statuses = [recalled.status, approved.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

async fn fifty_retries_with_one_key_make_one_log(world: World) {
    let report = report("2026-07-06");
    let request = || {
        let request = world.student.request(reqwest::Method::POST, "/logs");
        world
            .student
            .send(request.header("Idempotency-Key", "\"one-key\"").json(&report))
    };
    let answers = join_all((0..50).map(|_| request())).await;
    for answer in &answers {
        if answer.status != 201 {
            answer.expect_problem(409, "idempotency_in_progress");
        }
    }
    let again = request().await;
    let first = again.expect(201);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert!(
        answers
            .iter()
            .filter(|answer| answer.status == 201)
            .all(|answer| answer.json() == first)
    );
    assert_eq!(
        world.student.get("/logs?count=true").await.expect(200)["total"],
        1
    );
}

async fn a_key_used_with_another_body_is_refused(world: World) {
    let request = |date: &str| {
        let request = world
            .student
            .request(reqwest::Method::POST, "/logs")
            .header("Idempotency-Key", "k");
        world.student.send(request.json(&report(date)))
    };
    request("2026-07-06").await.expect(201);
    request("2026-07-05")
        .await
        .expect_problem(422, "idempotency_key_reused");
}

/// A programme that asks for nothing, so that a placement of it can be completed at once.
async fn easy_programme(world: &World) -> String {
    let programme = json!({
        "name": "Short visit", "code": "VISIT", "credit_units": 1, "required_hours": 0, "required_days": 0,
        "window": { "start": "2026-06-01", "end": "2026-12-31" },
    });
    id(&world
        .coordinator
        .post("/programmes", &programme)
        .await
        .expect(201))
}

async fn a_placement_is_not_completed_beside_a_log_that_is_on_its_way(mut world: World) {
    world.programme = easy_programme(&world).await;
    for number in 0..8 {
        let student = world.another_student(number).await;
        let placements = student.get("/placements").await.expect(200);
        let placement = id(&placements["items"][0]);
        let (report, complete) = (report("2026-07-06"), format!("/placements/{placement}/complete"));
        let (submitted, completed) =
            tokio::join!(student.post("/logs", &report), world.coordinator.act(&complete));
        if submitted.status == 201 {
            completed.expect_problem(409, "open_entries");
        } else {
            submitted.expect_problem(409, "placement_not_active");
            assert_eq!(completed.expect(200)["state"], "completed");
        }
    }
}

on_both_databases!(
    a_placement_is_not_completed_beside_a_log_that_is_on_its_way,
    of_twenty_submissions_of_one_day_exactly_one_wins,
    of_twenty_reviewers_at_once_exactly_one_decides,
    recall_and_approval_at_once_leave_one_winner,
    fifty_retries_with_one_key_make_one_log,
    a_key_used_with_another_body_is_refused,
);
