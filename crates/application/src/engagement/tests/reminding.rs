//! Reminding reviewers.

use chrono::TimeDelta;
use ipt_domain::id::{LogEntryId, PlacementId, UserId};
use ipt_ports::engagement::ReviewDue;
use uuid::Uuid;

use super::{deliver_all, under_way};
use crate::{
    engagement::reminders,
    tests::{Place, at, date},
};

fn due(place: &Place, placement_id: PlacementId, reviewer: UserId, day: &str) -> ReviewDue {
    let number = place.world.state().reviews_due.len() as u128;
    let due_on = date(day);
    let tenant = place.world.tenant;
    let calendar = place.world.state().institutions[0].calendar().clone();
    ReviewDue {
        tenant_id: tenant,
        reviewer,
        entry_id: LogEntryId::new(Uuid::from_u128(0x100 + number)),
        placement_id,
        log_date: date("2026-07-06"),
        student_name: "asha".to_owned(),
        due_on,
        due_at: calendar.end_of_day(due_on) - TimeDelta::microseconds(1),
        industry: reviewer == place.salim,
    }
}

async fn round(place: &Place) -> u32 {
    reminders::execute(&place.world.services, "worker").await.unwrap()
}

#[tokio::test]
async fn a_reviewer_is_reminded_the_day_before_on_the_day_and_two_working_days_after() {
    let (place, placement) = under_way().await;
    let review = due(&place, placement, place.salim, "2026-07-09");
    place.world.state().reviews_due.push(review);
    let mut reminded = Vec::new();
    for day in 6..=20 {
        for hour in [4, 9, 14, 20] {
            place
                .world
                .clock
                .set(at(&format!("2026-07-{day:02}T{hour:02}:00:00Z")));
            if round(&place).await > 0 {
                reminded.push(day);
            }
        }
    }
    assert_eq!(reminded, [8, 9, 13]);
    deliver_all(&place.world).await;
    assert_eq!(place.world.state().told(place.salim), ["review_digest"; 3]);
    let mails = place.world.mails.taken();
    assert_eq!(mails.len(), 3);
    assert!(
        mails[2].text.contains("\"due_date\":\"2026-07-09\""),
        "{}",
        mails[2].text
    );
}

#[tokio::test]
async fn everything_that_waits_comes_in_one_digest() {
    let (place, placement) = under_way().await;
    for day in ["2026-07-07", "2026-07-08", "2026-07-09", "2026-07-09"] {
        let review = due(&place, placement, place.salim, day);
        place.world.state().reviews_due.push(review);
    }
    let academic = due(&place, placement, place.juma, "2026-07-09");
    place.world.state().reviews_due.push(academic);
    place.world.clock.set(at("2026-07-09T08:00:00Z"));
    assert_eq!(round(&place).await, 2);
    place.world.clock.pass(TimeDelta::hours(1));
    assert_eq!(round(&place).await, 0, "once a day");
    deliver_all(&place.world).await;
    let state = place.world.state();
    let digest = state
        .notifications
        .iter()
        .find(|note| note.user_id == place.salim)
        .unwrap();
    assert_eq!(
        (&digest.values["total"], &digest.values["overdue"]),
        (&4.into(), &2.into())
    );
}

#[tokio::test]
async fn nobody_is_reminded_at_night() {
    let (place, placement) = under_way().await;
    let review = due(&place, placement, place.salim, "2026-07-09");
    place.world.state().reviews_due.push(review);
    // Half past six in the morning there.
    place.world.clock.set(at("2026-07-09T03:30:00Z"));
    assert_eq!(round(&place).await, 0);
    place.world.clock.set(at("2026-07-09T04:00:00Z"));
    assert_eq!(round(&place).await, 1);
}

#[tokio::test]
async fn of_several_workers_one_makes_the_round_of_an_hour() {
    let (place, placement) = under_way().await;
    place.world.clock.set(at("2026-07-09T08:00:00Z"));
    assert_eq!(round(&place).await, 0);
    let review = due(&place, placement, place.salim, "2026-07-09");
    place.world.state().reviews_due.push(review);
    place.world.clock.set(at("2026-07-09T08:59:59Z"));
    assert_eq!(
        reminders::execute(&place.world.services, "another")
            .await
            .unwrap(),
        0
    );
    place.world.clock.set(at("2026-07-09T09:00:00Z"));
    assert_eq!(
        reminders::execute(&place.world.services, "another")
            .await
            .unwrap(),
        1
    );
}

#[tokio::test]
async fn what_industry_may_not_review_any_more_it_is_not_reminded_of() {
    let (place, placement) = under_way().await;
    let step = crate::placement::placements::step::Step::Terminate {
        effective_date: Some(date("2026-07-06")),
    };
    place.take(place.cora, placement, step).await.unwrap();
    for (day, reminded) in [("2026-07-20", 1), ("2026-07-21", 0)] {
        let review = due(&place, placement, place.salim, day);
        place.world.state().reviews_due = vec![review];
        place.world.clock.set(at(&format!("{day}T08:00:00Z")));
        assert_eq!(round(&place).await, reminded, "{day}");
    }
    // The academic side never expires.
    let review = due(&place, placement, place.juma, "2026-08-20");
    place.world.state().reviews_due = vec![review];
    place.world.clock.set(at("2026-08-20T08:00:00Z"));
    assert_eq!(round(&place).await, 1);
}

#[tokio::test]
async fn a_digest_whose_reviews_are_done_meanwhile_is_not_sent() {
    let (place, placement) = under_way().await;
    let review = due(&place, placement, place.salim, "2026-07-09");
    place.world.state().reviews_due.push(review);
    place.world.clock.set(at("2026-07-09T08:00:00Z"));
    assert_eq!(round(&place).await, 1);
    place.world.state().reviews_due.clear();
    assert_eq!(deliver_all(&place.world).await.done, 1);
    assert!(place.world.mails.taken().is_empty());
}
