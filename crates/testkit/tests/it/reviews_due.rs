//! Reviews that fall due, for reminders.

use ipt_domain::{Instant, id::UserId};
use ipt_ports::engagement::ReviewDue;

use crate::support::{Stage, local, suspended, terminated};

async fn due(stage: &Stage, until: Instant) -> Vec<ReviewDue> {
    stage
        .read()
        .await
        .notifications()
        .reviews_due(until, None, 100)
        .await
        .unwrap()
}

fn reviewers(due: &[ReviewDue]) -> Vec<(UserId, bool)> {
    due.iter()
        .map(|review| (review.reviewer, review.industry))
        .collect()
}

#[tokio::test]
async fn a_review_is_due_at_whoever_must_give_it_from_its_last_moment_on() {
    let stage = Stage::new().await;
    let now = local("07-06 17:00");
    let id = stage.submit("07-06", now).await;
    let last = local("07-10 00:00") - chrono::TimeDelta::microseconds(1);
    assert_eq!(due(&stage, last - chrono::TimeDelta::microseconds(1)).await, []);
    let found = due(&stage, last).await;
    assert_eq!(reviewers(&found), [(stage.world.industrial, true)]);
    assert_eq!(
        (found[0].entry_id, found[0].student_name.as_str()),
        (id, "Asha Mushi")
    );
    assert_eq!(
        (found[0].due_at, found[0].due_on.to_string().as_str()),
        (last, "2026-07-09")
    );

    stage.approve(id, now).await;
    assert_eq!(due(&stage, last).await, []);
    assert_eq!(
        reviewers(&due(&stage, local("07-16 00:00")).await),
        [(stage.world.university, false)]
    );
}

#[tokio::test]
async fn they_come_by_reviewer_and_entry_and_go_on_behind_a_place() {
    let stage = Stage::new().await;
    let mut ids = Vec::new();
    for date in ["07-06", "07-07", "07-08"] {
        ids.push(stage.submit(date, local(&format!("{date} 17:00"))).await);
    }
    stage.approve(ids[0], local("07-08 18:00")).await;
    let all = due(&stage, local("08-01 00:00")).await;
    let places: Vec<_> = all
        .iter()
        .map(|review| (review.reviewer, review.entry_id))
        .collect();
    assert!(places.is_sorted());
    assert_eq!(places.len(), 3);
    let mut reader = stage.read().await;
    let behind = reader
        .notifications()
        .reviews_due(local("08-01 00:00"), Some(places[0]), 1)
        .await
        .unwrap();
    assert_eq!(behind, all[1..2]);
}

#[tokio::test]
async fn nobody_is_reminded_of_a_suspended_placement() {
    let stage = Stage::new().await;
    stage.submit("07-06", local("07-06 17:00")).await;
    stage.turn(suspended()).await;
    assert_eq!(due(&stage, local("08-01 00:00")).await, []);
}

#[tokio::test]
async fn after_a_termination_industry_is_reminded_of_what_falls_due_within_two_weeks() {
    for (effective, industry_too) in [("2026-06-25", false), ("2026-06-26", true)] {
        let stage = Stage::new().await;
        let now = local("07-07 17:00");
        let verified = stage.submit("07-06", now).await;
        stage.submit("07-07", now).await;
        stage.approve(verified, now).await;
        // Industry's review falls due on Friday the 10th.
        stage.turn(terminated(effective)).await;
        let left: Vec<bool> = due(&stage, local("08-01 00:00"))
            .await
            .iter()
            .map(|review| review.industry)
            .collect();
        assert!(left.contains(&false), "the academic review never expires");
        assert_eq!(left.contains(&true), industry_too, "{effective}");
    }
}
