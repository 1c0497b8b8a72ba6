//! Reminding reviewers.

use chrono::TimeDelta;
use ipt_domain::{
    id::{LogEntryId, PlacementId},
    logbook::transition::{ReturnTo, StepKind},
    placement::policy::PolicyDraft,
};

use super::{deliver_all, under_way, under_way_by};
use crate::{
    engagement::reminders,
    placement::placements::{create, step::Step},
    tests::{Place, approve, at, date},
};

/// The student submits a log of a day, of which nobody is told.
async fn quietly_submitted(place: &Place, placement: PlacementId, day: &str) -> LogEntryId {
    let id = place.submit(placement, day).await;
    place.world.database.change(|state| state.outbox.clear());
    id
}

/// A log of Monday the 6th, which industry reviews until Thursday the 9th.
async fn due_on_thursday() -> (Place, LogEntryId) {
    let (place, placement) = under_way().await;
    let id = quietly_submitted(&place, placement, "2026-07-06").await;
    (place, id)
}

async fn round(place: &Place) -> u32 {
    reminders::execute(&place.world.services, "worker").await.unwrap()
}

#[tokio::test]
async fn a_reviewer_is_reminded_the_day_before_on_the_day_and_two_working_days_after() {
    let (place, _) = due_on_thursday().await;
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
    let mails = place.world.mailer.mails();
    assert_eq!(mails.len(), 3);
    assert!(
        mails[2].text.contains("\"due_date\":\"2026-07-09\""),
        "{}",
        mails[2].text
    );
}

#[tokio::test]
async fn everything_that_waits_comes_in_one_digest() {
    let place = Place::new();
    place.turn_to("2026-06-29");
    let command = create::Command {
        start_date: date("2026-06-29"),
        ..place.supervised()
    };
    let placement = place.approved(&command).await;
    place.turn_to("2026-06-30");
    let academic = place.submit(placement, "2026-06-30").await;
    place.decide(place.salim, academic, approve()).await;
    // Industry's reviews fall due on the 7th, on the 8th and, two of them, on the 9th, as the academic one does.
    for (on, day) in [
        ("2026-07-02", "2026-07-02"),
        ("2026-07-03", "2026-07-03"),
        ("2026-07-06", "2026-07-01"),
        ("2026-07-06", "2026-07-06"),
    ] {
        place.turn_to(on);
        quietly_submitted(&place, placement, day).await;
    }
    place.turn_to("2026-07-09");
    assert_eq!(round(&place).await, 2);
    place.world.clock.advance(TimeDelta::hours(1));
    assert_eq!(round(&place).await, 0, "once a day");
    deliver_all(&place.world).await;
    let state = place.world.state();
    let digest = state
        .notifications
        .values()
        .find(|note| note.user_id == place.salim)
        .unwrap();
    assert_eq!(
        (&digest.values["total"], &digest.values["overdue"]),
        (&4.into(), &2.into())
    );
}

#[tokio::test]
async fn nobody_is_reminded_at_night() {
    let (place, _) = due_on_thursday().await;
    // Half past six in the morning there.
    place.world.clock.set(at("2026-07-09T03:30:00Z"));
    assert_eq!(round(&place).await, 0);
    place.world.clock.set(at("2026-07-09T04:00:00Z"));
    assert_eq!(round(&place).await, 1);
}

#[tokio::test]
async fn of_several_workers_one_makes_the_round_of_an_hour() {
    let (place, placement) = under_way_by(PolicyDraft {
        industry_review_days: Some(1),
        ..PolicyDraft::default()
    })
    .await;
    place.turn_to("2026-07-08");
    assert_eq!(round(&place).await, 0);
    // It is due tomorrow, of which today reminds.
    quietly_submitted(&place, placement, "2026-07-08").await;
    place.world.clock.set(at("2026-07-08T08:59:59Z"));
    assert_eq!(
        reminders::execute(&place.world.services, "another")
            .await
            .unwrap(),
        0
    );
    place.world.clock.set(at("2026-07-08T09:00:00Z"));
    assert_eq!(
        reminders::execute(&place.world.services, "another")
            .await
            .unwrap(),
        1
    );
}

/// The only log of a placement that ended on its first day, due after so many working days.
async fn ended_at_once(days: i64) -> (Place, LogEntryId) {
    let (place, placement) = under_way_by(PolicyDraft {
        industry_review_days: Some(days),
        ..PolicyDraft::default()
    })
    .await;
    let id = quietly_submitted(&place, placement, "2026-07-06").await;
    let step = Step::Terminate {
        effective_date: Some(date("2026-07-06")),
    };
    place.take(place.cora, placement, step).await.unwrap();
    (place, id)
}

#[tokio::test]
async fn what_industry_may_not_review_any_more_it_is_not_reminded_of() {
    // Industry reviews until the 20th: the first log is due on that day, the second one a day later.
    for (days, rounds) in [
        (10, vec![("2026-07-20", 1), ("2026-07-22", 0)]),
        (11, vec![("2026-07-21", 0)]),
    ] {
        let (place, _) = ended_at_once(days).await;
        for (day, reminded) in rounds {
            place.turn_to(day);
            assert_eq!(round(&place).await, reminded, "{day}");
        }
    }
    // The academic side never expires.
    let (place, log) = ended_at_once(10).await;
    place.decide(place.salim, log, approve()).await;
    place.decide(place.juma, log, StepKind::Flag).await;
    place.turn_to("2026-08-11");
    place
        .decide(place.cora, log, StepKind::Return(ReturnTo::Academic))
        .await;
    place.turn_to("2026-08-20");
    assert_eq!(round(&place).await, 1);
}

#[tokio::test]
async fn a_digest_whose_reviews_are_done_meanwhile_is_not_sent() {
    let (place, log) = due_on_thursday().await;
    place.turn_to("2026-07-09");
    assert_eq!(round(&place).await, 1);
    place.decide(place.salim, log, approve()).await;
    // The digest, and the event of the review with its mail.
    let delivered = deliver_all(&place.world).await;
    assert_eq!(
        (delivered.done, delivered.put_back, delivered.given_up),
        (3, 0, 0)
    );
    let mails = place.world.mailer.mails();
    let about: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(about, ["log_approved"]);
}
