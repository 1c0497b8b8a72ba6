//! Several at once: exactly one wins, and the others are told what it made.

use futures_util::future::join_all;
use ipt_application::logbook::{LogbookError, get};
use ipt_domain::logbook::{refusal::Refusal, state::StateName};
use ipt_ports::RepositoryError;

use crate::support::{Stage, TEXT, approve, codes, command, recall, reject};

#[tokio::test]
async fn of_twenty_submissions_of_a_day_at_once_one_wins() {
    let stage = Stage::new().await;
    let student = stage.student();
    let all = (0..20).map(|_| stage.submit_as(&student, command("07-06", TEXT)));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(all).await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(
        lost.into_iter()
            .all(|outcome| codes(outcome) == ["duplicate_day"])
    );
    assert_eq!(stage.found(&student, <_>::default()).await.len(), 1);
    assert_eq!(stage.database.messages_left().len(), 1);
}

#[tokio::test]
async fn of_two_decisions_at_once_one_wins_and_the_other_is_told_the_new_state() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    let (industrial, student) = (stage.industrial(), stage.student());
    let outcomes = join_all([
        stage.take(&industrial, id, approve()),
        stage.take(&industrial, id, reject("Which bearings?")),
        stage.take(&student, id, recall()),
    ])
    .await;
    let reached = get::execute(&stage.services, &student, id)
        .await
        .unwrap()
        .entry
        .state()
        .name();
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert_eq!(won[0].as_ref().unwrap().entry.state().name(), reached);
    for outcome in lost {
        let Err(LogbookError::Refusal(Refusal::InvalidTransition { state, .. })) = outcome else {
            panic!("another outcome: {outcome:?}");
        };
        assert_eq!(state, reached);
    }
}

#[tokio::test]
async fn who_was_overtaken_decides_anew_on_what_is_there_now() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.database.lose_races(3);
    let shown = stage.take(&stage.industrial(), id, approve()).await.unwrap();
    assert_eq!(shown.entry.state().name(), StateName::IndustryVerified);
    assert_eq!(shown.reviews.len(), 2);

    stage.database.lose_races(4);
    let gave_up = stage.take(&stage.student(), id, recall()).await;
    assert_eq!(codes(gave_up), ["invalid_transition"]);
    let gave_up = stage
        .take(&stage.university(), id, crate::support::validate())
        .await;
    assert!(matches!(
        gave_up,
        Err(LogbookError::Repository(RepositoryError::Stale))
    ));
}
