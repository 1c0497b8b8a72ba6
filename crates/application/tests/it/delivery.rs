//! The outbox: from an event to a notification and a mail, at least once, whatever fails on the way.

use chrono::TimeDelta;
use futures_util::future::{Either, select};
use ipt_application::engagement::deliver::{self, Delivered};
use ipt_ports::{
    Database as _, Scope, SystemScope,
    engagement::{FailureSort, Message, Topic},
    page::{Direction, PageRequest, Sort},
};
use ipt_testkit::{
    builders,
    memory::{MailWeather, MessageState},
};
use serde_json::json;

use crate::support::{Stage, approve, flag, reject};

const WORKER: Scope = Scope::System(SystemScope::Worker);

fn pair(to: &str, subject: &str) -> (String, String) {
    (to.to_owned(), subject.to_owned())
}

fn newest_failures() -> PageRequest<FailureSort> {
    PageRequest {
        limit: 10,
        after: None,
        sort: vec![Sort {
            field: FailureSort::FailedAt,
            direction: Direction::Descending,
        }],
    }
}

/// The only message that is left.
fn left(stage: &Stage) -> MessageState {
    let mut left = stage.database.messages_left();
    assert_eq!(left.len(), 1, "{left:?}");
    left.remove(0)
}

/// Submits a day, and delivers its event: a mail is left.
async fn with_a_mail_to_send() -> Stage {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    let first = stage.deliver().await;
    assert_eq!(
        first,
        Delivered {
            claimed: 1,
            done: 1,
            ..Delivered::default()
        }
    );
    assert_eq!(left(&stage).message.topic, Topic::Mail);
    stage
}

#[tokio::test]
async fn a_submission_becomes_a_notification_and_a_mail_to_the_industrial_supervisor() {
    let stage = with_a_mail_to_send().await;
    assert_eq!(stage.told(stage.world.industrial), ["log_submitted"]);
    assert_eq!(stage.told(stage.world.student), Vec::<String>::new());
    assert_eq!(stage.mails(), []);

    stage.deliver_all().await;
    assert_eq!(stage.mails(), [pair("juma.said@example.org", "log_submitted")]);
    assert!(stage.mailer.mails()[0].text.contains("Asha Mushi"));
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn each_step_is_told_to_those_whose_turn_it_is() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.take(&stage.industrial(), id, approve()).await.unwrap();
    stage
        .take(&stage.university(), id, flag("This is the text of last week."))
        .await
        .unwrap();
    stage.at("07-07 17:00");
    let second = stage.submit("07-07").await.unwrap().entry.id();
    stage
        .take(&stage.industrial(), second, reject("Which bearings?"))
        .await
        .unwrap();
    stage.deliver_all().await;
    let world = &stage.world;
    assert_eq!(stage.told(world.industrial), ["log_submitted", "log_submitted"]);
    assert_eq!(stage.told(world.university), ["log_approved"]);
    assert_eq!(stage.told(world.coordinator), ["log_flagged"]);
    assert_eq!(stage.told(world.student), ["log_rejected"]);
    assert_eq!(stage.mails().len(), 5);
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn a_mail_that_the_server_cannot_take_is_put_back_and_tried_again_later() {
    let stage = with_a_mail_to_send().await;
    stage.mailer.turn(MailWeather::Unavailable);
    assert_eq!(
        stage.deliver().await,
        Delivered {
            claimed: 1,
            put_back: 1,
            ..Delivered::default()
        }
    );
    let waiting = left(&stage);
    assert_eq!(waiting.attempts, 1);
    assert!(!waiting.error.contains('@'), "{}", waiting.error);
    assert!(waiting.message.available_at > builders::moment("2026-07-06T14:00:00Z"));

    stage.mailer.turn(MailWeather::Fine);
    assert_eq!(stage.deliver().await.claimed, 0);
    stage.clock.set(waiting.message.available_at);
    assert_eq!(stage.deliver().await.done, 1);
    assert_eq!(stage.mails(), [pair("juma.said@example.org", "log_submitted")]);
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn a_mail_server_that_stays_away_is_given_up_after_about_a_day_of_longer_and_longer_waits() {
    let stage = with_a_mail_to_send().await;
    stage.mailer.turn(MailWeather::Unavailable);
    let mut tries = vec![builders::moment("2026-07-06T14:00:00Z")];
    loop {
        let outcome = stage.deliver().await;
        let waiting = left(&stage);
        if waiting.is_failed {
            assert_eq!(outcome.given_up, 1);
            break;
        }
        tries.push(waiting.message.available_at);
        stage.clock.set(waiting.message.available_at);
    }
    let waits: Vec<TimeDelta> = tries.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits.len() > 5 && waits.is_sorted(), "{waits:?}");
    let all: TimeDelta = waits.iter().sum();
    assert!(all > TimeDelta::hours(12) && all < TimeDelta::hours(36), "{all}");
    stage.clock.advance(TimeDelta::days(30));
    assert_eq!(stage.deliver().await.claimed, 0);

    let mut reader = stage.services.database.read(WORKER).await.unwrap();
    let failed = reader
        .notifications()
        .failed_messages(Some(stage.world.tenant), &newest_failures())
        .await
        .unwrap()
        .items;
    assert_eq!(failed.len(), 1);
    assert_eq!(usize::try_from(failed[0].attempts).unwrap(), tries.len());
}

#[tokio::test]
async fn a_mail_that_the_server_refuses_for_good_is_given_up_at_once() {
    let stage = with_a_mail_to_send().await;
    stage.mailer.turn(MailWeather::Refusing);
    assert_eq!(
        stage.deliver().await,
        Delivered {
            claimed: 1,
            given_up: 1,
            ..Delivered::default()
        }
    );
    let refused = left(&stage);
    assert!(refused.is_failed && !refused.error.contains('@'), "{refused:?}");
}

#[tokio::test]
async fn one_that_fails_keeps_no_other_from_being_delivered() {
    let stage = Stage::new().await;
    let broken = Message {
        id: stage.world.id(),
        tenant_id: Some(stage.world.tenant),
        topic: Topic::LogTransition,
        payload: json!({ "not": "an event" }),
        created_at: builders::moment("2026-07-06T05:00:00Z"),
        available_at: builders::moment("2026-07-06T05:00:00Z"),
    };
    let mut work = stage.database.begin(WORKER).await.unwrap();
    work.outbox().enqueue(&[broken]).await.unwrap();
    work.commit().await.unwrap();
    stage.submit("07-06").await.unwrap();
    assert_eq!(
        stage.deliver().await,
        Delivered {
            claimed: 2,
            done: 1,
            given_up: 1,
            ..Delivered::default()
        }
    );
    stage.deliver_all().await;
    assert_eq!(stage.mails().len(), 1);
}

#[tokio::test]
async fn what_a_killed_worker_had_claimed_is_delivered_when_the_claim_runs_out() {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    let now = stage.services.clock.now();
    let mut work = stage.database.begin(WORKER).await.unwrap();
    let claimed = work
        .outbox()
        .claim(10, now, now + deliver::CLAIM_LASTS)
        .await
        .unwrap();
    work.commit().await.unwrap();
    assert_eq!(claimed.len(), 1);

    stage.clock.advance(deliver::CLAIM_LASTS - TimeDelta::seconds(1));
    assert_eq!(stage.deliver_all().await, 0);
    stage.clock.advance(TimeDelta::seconds(1));
    assert_eq!(stage.deliver_all().await, 2);
    assert_eq!(stage.told(stage.world.industrial), ["log_submitted"]);
    assert_eq!(stage.mails().len(), 1);
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn a_worker_killed_while_it_waits_for_the_mail_server_sends_the_same_mail_again_and_tells_nobody_twice()
{
    let stage = with_a_mail_to_send().await;
    stage.mailer.turn(MailWeather::Silent);
    let killed = select(Box::pin(stage.deliver()), Box::pin(stage.mailer.until_taken(1))).await;
    assert!(matches!(killed, Either::Right(_)));
    drop(killed);

    stage.mailer.turn(MailWeather::Fine);
    assert_eq!(stage.deliver_all().await, 0);
    stage.clock.advance(deliver::CLAIM_LASTS);
    assert_eq!(stage.deliver_all().await, 1);
    let ids: Vec<_> = stage.mailer.mails().iter().map(|mail| mail.id).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(stage.told(stage.world.industrial), ["log_submitted"]);
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn an_event_that_comes_twice_is_told_once() {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    let event = left(&stage).message;
    stage.deliver_all().await;
    let again = Message {
        id: stage.world.id(),
        ..event
    };
    let mut work = stage.database.begin(WORKER).await.unwrap();
    work.outbox().enqueue(&[again]).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(stage.deliver_all().await, 1);
    assert_eq!(stage.told(stage.world.industrial), ["log_submitted"]);
    assert_eq!(stage.mails().len(), 1);
}
