//! Mails and notifications along the chain.

use chrono::TimeDelta;
use ipt_application::engagement::reminders;
use ipt_testkit::smtp::Refusal;
use serde_json::json;

use crate::support::World;

/// To whom mails went, and about what.
fn sent(world: &World) -> Vec<(String, String)> {
    let mut sent: Vec<_> = world
        .smtp
        .messages()
        .iter()
        .map(|mail| (mail.recipients[0].clone(), mail.subject()))
        .collect();
    sent.sort();
    sent
}

async fn each_step_tells_those_whom_it_concerns(world: World) {
    let id = world.submit("2026-07-06").await;
    world.deliver().await;
    let mails = world.smtp.messages();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipients, ["foreman@kilima.example"]);
    let text = mails[0].text().unwrap();
    assert!(
        text.contains("Asha Mushi") && text.contains("2026-07-06") && text.contains("2026-07-09"),
        "{text}"
    );
    assert!(
        text.contains(&format!("https://app.dit.example/logs/{id}")),
        "{text}"
    );
    assert!(mails[0].html().unwrap().contains("Asha Mushi"));

    let approval = json!({ "status": "approved", "comments": "Good" });
    world
        .industry
        .patch(&format!("/logs/{id}/verify-industry"), &approval)
        .await
        .expect(200);
    world.deliver().await;
    let validation = json!({ "status": "validated" });
    world
        .academic
        .patch(&format!("/logs/{id}/verify-academic"), &validation)
        .await
        .expect(200);
    world.deliver().await;
    let to: Vec<_> = world
        .smtp
        .messages()
        .iter()
        .map(|mail| mail.recipients[0].clone())
        .collect();
    assert_eq!(
        to,
        [
            "foreman@kilima.example",
            "lecturer@dit.example",
            "student@dit.example"
        ]
    );

    let notes = world
        .student
        .get("/notifications?unread=true&count=true")
        .await
        .expect(200);
    let note = notes["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|note| note["kind"] == "log_validated")
        .unwrap();
    world
        .student
        .act(&format!("/notifications/{}/read", note["id"].as_str().unwrap()))
        .await
        .expect(200);
    world.student.act("/notifications/read-all").await.expect(200);
    assert_eq!(
        world
            .student
            .get("/notifications?unread=true&count=true")
            .await
            .expect(200)["total"],
        0
    );
}

async fn a_mail_server_that_refuses_for_an_hour_delays_and_loses_nothing(world: World) {
    world.smtp.refuse(Refusal::ServiceUnavailable);
    world.submit("2026-07-06").await;
    world.deliver().await;
    for _ in 0..6 {
        world.clock.advance(TimeDelta::minutes(12));
        world.deliver().await;
    }
    assert!(world.smtp.messages().is_empty());
    world.smtp.accept();
    world.clock.advance(TimeDelta::hours(2));
    world.deliver().await;
    assert_eq!(sent(&world).len(), 1);
}

async fn a_mail_refused_for_good_is_shown_to_the_administrator_who_can_try_again(world: World) {
    world.smtp.refuse(Refusal::NoSuchMailbox);
    world.submit("2026-07-06").await;
    world.deliver().await;
    let failed = world.admin.get("/jobs/failed").await.expect(200);
    let job = &failed["items"][0];
    assert_eq!(job["topic"], "mail");
    assert!(!job["error"].as_str().unwrap().contains('@'), "{job}");
    world
        .student
        .get("/jobs/failed")
        .await
        .expect_problem(403, "forbidden");
    world.smtp.accept();
    world
        .admin
        .act(&format!("/jobs/{}/retry", job["id"].as_str().unwrap()))
        .await
        .expect(200);
    world.deliver().await;
    assert_eq!(sent(&world).len(), 1);
    assert_eq!(
        world.admin.get("/jobs/failed").await.expect(200)["items"],
        json!([])
    );
}

async fn whoever_wants_no_mails_gets_none(world: World) {
    let wishes = json!({ "items": [{ "kind": "log_submitted", "channel": "mail", "wanted": false }] });
    world
        .industry
        .put("/notifications/preferences", &wishes)
        .await
        .expect(200);
    world.submit("2026-07-06").await;
    world.deliver().await;
    assert!(world.smtp.messages().is_empty());
    let notes = world.industry.get("/notifications").await.expect(200);
    assert_eq!(
        notes["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|note| note["kind"] == "log_submitted")
            .count(),
        1
    );
}

async fn reviewers_are_reminded_once_a_day_at_most(world: World) {
    let mut world = world;
    world.submit("2026-07-06").await;
    world.deliver().await;
    // Due at the end of Thursday 9 July: reminders on the 8th, on the 9th, and two working days after, on the 13th.
    let mut digests = Vec::new();
    for day in 7..=15 {
        for hour in [5, 9, 15] {
            world.at(&format!("2026-07-{day:02}T{hour:02}:00:00")).await;
            reminders::execute(&world.services, "test").await.unwrap();
            world.deliver().await;
        }
        digests.push((day, world.smtp.messages().len() - 1));
    }
    let reminded: Vec<_> = digests
        .windows(2)
        .filter(|pair| pair[1].1 > pair[0].1)
        .map(|pair| (pair[1].0, pair[1].1 - pair[0].1))
        .collect();
    assert_eq!(reminded, [(8, 1), (9, 1), (13, 1)]);
}

async fn days_opened_again_are_told_to_each_student_concerned(world: World) {
    let other = world.another_student(1).await;
    let placements = other.get("/placements").await.expect(200);
    let wishes = json!({ "items": [{ "kind": "log_days_reopened", "channel": "mail", "wanted": false }] });
    other.put("/notifications/preferences", &wishes).await.expect(200);
    world.deliver().await;
    let before = world.smtp.messages().len();
    let reopen = json!({
        "placement_ids": [world.placement, placements["items"][0]["id"]],
        "from": "2026-07-06", "to": "2026-07-08", "reason": "The network was down.",
    });
    world
        .coordinator
        .post("/placements/reopen-days", &reopen)
        .await
        .expect(200);
    world.deliver().await;
    let mails = world.smtp.messages();
    let [mail] = &mails[before..] else {
        panic!("one mail goes out, not {}", mails.len() - before)
    };
    assert_eq!(mail.recipients, ["student@dit.example"]);
    let text = mail.text().unwrap();
    assert!(
        text.contains("2026-07-06 to 2026-07-08") && text.contains("The network was down."),
        "{text}"
    );
    for student in [&world.student, &other] {
        let notes = student.get("/notifications?unread=true").await.expect(200);
        let kinds = notes["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|note| &note["kind"]);
        let told = kinds.filter(|kind| **kind == "log_days_reopened").count();
        assert_eq!(told, 1, "{notes}");
    }
}

on_both_databases!(
    days_opened_again_are_told_to_each_student_concerned,
    each_step_tells_those_whom_it_concerns,
    a_mail_server_that_refuses_for_an_hour_delays_and_loses_nothing,
    a_mail_refused_for_good_is_shown_to_the_administrator_who_can_try_again,
    whoever_wants_no_mails_gets_none,
    reviewers_are_reminded_once_a_day_at_most,
);
