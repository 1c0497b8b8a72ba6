//! Clearing away what is done.

use chrono::TimeDelta;

use super::{deliver_all, under_way};
use crate::{engagement::prune, tests::QueuedState};

#[tokio::test]
async fn messages_are_kept_for_a_week_once_done_and_failed_ones_for_good() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    let now = place.world.clock_now();
    let failed = QueuedState::Failed {
        at: now,
        error: "refused".to_owned(),
    };
    place.world.state().outbox[0].state = failed;
    let all = place.world.state().outbox.len() as u64;
    place.world.clock.pass(TimeDelta::days(7));
    assert_eq!(prune::execute(&place.world.services).await.unwrap().messages, 0);
    place.world.clock.pass(TimeDelta::microseconds(1));
    assert_eq!(
        prune::execute(&place.world.services).await.unwrap().messages,
        all - 1
    );
    assert_eq!(place.world.state().outbox.len(), 1);
}

#[tokio::test]
async fn answers_are_kept_for_a_day_however_many_there_are() {
    let (place, _) = under_way().await;
    let now = place.world.clock_now();
    place.world.state().kept_answers = vec![now - TimeDelta::hours(25); 2_500];
    place.world.state().kept_answers.push(now - TimeDelta::hours(23));
    assert_eq!(
        prune::execute(&place.world.services).await.unwrap().answers,
        2_500
    );
    assert_eq!(place.world.state().kept_answers.len(), 1);
}
