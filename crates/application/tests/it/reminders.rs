//! Reminders of reviews: one digest for each reviewer and day at most.

use ipt_domain::{
    identity::role::Role,
    placement::{placement::Placement, state::PlacementState},
};
use ipt_testkit::builders::{self, day, remark};

use crate::support::{Stage, approve};

/// Digests sent to a reviewer so far, in the application and by mail.
async fn digests(stage: &Stage, name: &str) -> usize {
    stage.deliver_all().await;
    let to = format!("{name}@example.org");
    stage
        .mails()
        .iter()
        .filter(|(address, about)| *address == to && about == "review_digest")
        .count()
}

#[tokio::test]
async fn a_reviewer_is_reminded_the_day_before_on_the_day_and_two_working_days_after() {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    // Due at the end of Thursday the 9th; two working days after it is Monday the 13th.
    let rounds = [
        ("07-07 08:00", 0),
        ("07-08 08:00", 1),
        ("07-09 08:00", 1),
        ("07-10 08:00", 0),
        ("07-11 08:00", 0),
        ("07-13 08:00", 1),
        ("07-14 08:00", 0),
        ("08-03 08:00", 0),
    ];
    let mut sent = 0;
    for (time, reminded) in rounds {
        stage.at(time);
        assert_eq!(stage.remind().await, reminded, "{time}");
        sent += usize::try_from(reminded).unwrap();
        assert_eq!(digests(&stage, "juma.said").await, sent, "{time}");
    }
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn a_reviewer_is_reminded_once_a_day_however_often_the_schedule_comes_round() {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    stage.at("07-08 06:59");
    assert_eq!(stage.remind().await, 0);
    stage.at("07-08 07:00");
    assert_eq!(stage.remind().await, 1);
    for time in [
        "07-08 07:00",
        "07-08 07:59",
        "07-08 08:00",
        "07-08 12:30",
        "07-08 23:59",
    ] {
        stage.at(time);
        assert_eq!(stage.remind().await, 0, "{time}");
    }
    assert_eq!(digests(&stage, "juma.said").await, 1);
}

#[tokio::test]
async fn all_that_falls_due_comes_in_one_digest_for_each_reviewer() {
    let stage = Stage::new().await;
    let second = stage.world.add_member("Baraka John", &[Role::Student]).await;
    let mut placed = stage.world.placed();
    placed.student = second;
    stage
        .world
        .add_placement(&builders::active_placement(stage.world.id(), placed))
        .await;
    stage.submit("07-06").await.unwrap();
    let other = stage.caller(second, Role::Student);
    stage
        .submit_as(&other, crate::support::command("07-06", crate::support::TEXT))
        .await
        .unwrap();
    stage.at("07-08 08:00");
    assert_eq!(stage.remind().await, 1);
    assert_eq!(digests(&stage, "juma.said").await, 1);
    let mails = stage.mailer.mails();
    let digest = mails.iter().find(|mail| mail.subject == "review_digest").unwrap();
    assert!(
        digest.text.contains("Asha Mushi") && digest.text.contains("Baraka John"),
        "{}",
        digest.text
    );
}

#[tokio::test]
async fn what_was_reviewed_is_the_next_reviewers_and_a_suspended_placement_is_nobodys() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.take(&stage.industrial(), id, approve()).await.unwrap();
    // The academic review falls due in seven working days, at the end of Wednesday the 15th.
    stage.at("07-09 08:00");
    assert_eq!(stage.remind().await, 0);
    stage.at("07-14 08:00");
    assert_eq!(stage.remind().await, 1);
    assert_eq!(digests(&stage, "neema.paul").await, 1);
    assert_eq!(digests(&stage, "juma.said").await, 0);

    let before = builders::active_placement(stage.world.placement, stage.world.placed());
    let suspended = PlacementState::Suspended {
        active_since: day("2026-07-06"),
        since: day("2026-07-14"),
        reason: remark("The plant is flooded."),
    };
    let mut parts = builders::placement_parts(stage.world.placement, stage.world.placed(), suspended);
    parts.version = before.version().next();
    stage
        .world
        .replace_placement(&Placement::from_parts(parts).unwrap(), &before)
        .await;
    stage.at("07-15 08:00");
    assert_eq!(stage.remind().await, 0);
}
