//! Answers kept for retries.

use chrono::TimeDelta;
use futures_util::future::join_all;
use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
};
use ipt_ports::{
    RepositoryError, Scope,
    engagement::{IdempotencyRequest, IdempotencyState, Kept, KeptAnswer},
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

fn request(tenant: TenantId, user: UserId) -> IdempotencyRequest {
    IdempotencyRequest {
        tenant_id: Some(tenant),
        user_id: user,
        route: "POST /api/v1/logs".to_owned(),
        key: "8e03978e".to_owned(),
        body_hash: [1; 32],
    }
}

fn answer() -> KeptAnswer {
    KeptAnswer {
        status: 201,
        headers: vec![
            ("Location".to_owned(), "/logs/1".to_owned()),
            ("ETag".to_owned(), "\"1.ab\"".to_owned()),
        ],
        body: vec![0, 159, 146, 150],
    }
}

/// A reservation is given a minute, an answer kept for a day.
async fn reserve(fixture: &Fixture, request: &IdempotencyRequest, now: Instant) -> IdempotencyState {
    let mut unit = fixture.begin(scope(request)).await;
    let (abandoned, forgotten) = (now - TimeDelta::minutes(1), now - TimeDelta::days(1));
    let state = unit
        .idempotency()
        .reserve(request, now, abandoned, forgotten)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    state
}

async fn keep(fixture: &Fixture, request: &IdempotencyRequest) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(scope(request)).await;
    unit.idempotency().keep(request, &answer()).await?;
    unit.commit().await
}

fn scope(request: &IdempotencyRequest) -> Scope {
    request.tenant_id.map_or(OPERATOR, Scope::tenant)
}

on_every_database! {
    async fn a_retry_gets_the_first_answer_again(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        assert_eq!(reserve(fixture, &request, at("09:00:00")).await, IdempotencyState::Reserved);
        assert_eq!(reserve(fixture, &request, at("09:00:10")).await, IdempotencyState::InProgress);
        keep(fixture, &request).await.unwrap();
        assert_eq!(reserve(fixture, &request, at("23:00:00")).await, IdempotencyState::Answered(answer()));
    }

    async fn the_same_key_with_another_body_is_told_so(fixture: &Fixture) {
        let first = request(fixture.id(), fixture.id());
        let other = IdempotencyRequest { body_hash: [2; 32], ..first.clone() };
        reserve(fixture, &first, at("09:00:00")).await;
        assert_eq!(reserve(fixture, &other, at("09:00:10")).await, IdempotencyState::OtherBody);
        keep(fixture, &first).await.unwrap();
        assert_eq!(reserve(fixture, &other, at("09:00:20")).await, IdempotencyState::OtherBody);
    }

    async fn of_fifty_at_once_exactly_one_is_to_do_the_work(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        let states = join_all((0..50).map(async |_| reserve(fixture, &request, at("09:00:00")).await)).await;
        let reserved = states.iter().filter(|state| **state == IdempotencyState::Reserved).count();
        let waiting = states.iter().filter(|state| **state == IdempotencyState::InProgress).count();
        assert_eq!((reserved, waiting), (1, 49));
    }

    async fn of_twenty_that_find_it_abandoned_exactly_one_takes_it_over(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        reserve(fixture, &request, at("09:00:00")).await;
        assert_eq!(reserve(fixture, &request, at("09:01:00")).await, IdempotencyState::InProgress);
        let states = join_all((0..20).map(async |_| reserve(fixture, &request, at("09:01:00.000001")).await)).await;
        assert_eq!(states.iter().filter(|state| **state == IdempotencyState::Reserved).count(), 1);
    }

    async fn whoever_was_taken_over_cannot_keep_a_second_answer(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        reserve(fixture, &request, at("09:00:00")).await;
        reserve(fixture, &request, at("10:00:00")).await;
        keep(fixture, &request).await.unwrap();
        let second = keep(fixture, &request).await;
        assert!(matches!(second, Err(RepositoryError::Stale)), "{second:?}");
    }

    async fn a_reservation_given_up_can_be_made_again(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        reserve(fixture, &request, at("09:00:00")).await;
        let mut unit = fixture.begin(scope(&request)).await;
        unit.idempotency().release(&request).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(reserve(fixture, &request, at("09:00:01")).await, IdempotencyState::Reserved);
        keep(fixture, &request).await.unwrap();
        let mut unit = fixture.begin(scope(&request)).await;
        unit.idempotency().release(&request).await.unwrap();
        unit.commit().await.unwrap();
        let kept = reserve(fixture, &request, at("09:00:02")).await;
        assert_eq!(kept, IdempotencyState::Answered(answer()), "an answer is not given up");
    }

    async fn a_key_means_nothing_to_another_institution_person_or_route(fixture: &Fixture) {
        let first = request(fixture.id(), fixture.id());
        reserve(fixture, &first, at("09:00:00")).await;
        let elsewhere = IdempotencyRequest { tenant_id: Some(fixture.id()), ..first.clone() };
        let nowhere = IdempotencyRequest { tenant_id: None, ..first.clone() };
        let somebody = IdempotencyRequest { user_id: fixture.id(), ..first.clone() };
        let another = IdempotencyRequest { route: "POST /api/v1/placements".to_owned(), ..first };
        for request in [elsewhere, nowhere.clone(), somebody, another] {
            assert_eq!(reserve(fixture, &request, at("09:00:00")).await, IdempotencyState::Reserved);
        }
        assert_eq!(reserve(fixture, &nowhere, at("09:00:00")).await, IdempotencyState::InProgress);
    }

    async fn an_answer_is_forgotten_after_a_day(fixture: &Fixture) {
        let request = request(fixture.id(), fixture.id());
        reserve(fixture, &request, at("09:00:00")).await;
        keep(fixture, &request).await.unwrap();
        let next_day = at("09:00:00.000001") + TimeDelta::days(1);
        assert_eq!(reserve(fixture, &request, next_day).await, IdempotencyState::Reserved);
        let mut unit = fixture.begin(OPERATOR).await;
        assert_eq!(unit.retention().remove_past(Kept::Answers, next_day, 10).await.unwrap(), 0);
        assert_eq!(unit.retention().remove_past(Kept::Answers, next_day + TimeDelta::microseconds(1), 10).await.unwrap(), 1);
        unit.commit().await.unwrap();
    }

    async fn no_more_is_forgotten_at_once_than_was_asked_for(fixture: &Fixture) {
        for _ in 0..5 {
            reserve(fixture, &request(fixture.id(), fixture.id()), at("09:00:00")).await;
        }
        let mut unit = fixture.begin(OPERATOR).await;
        assert_eq!(unit.retention().remove_past(Kept::Answers, at("10:00:00"), 3).await.unwrap(), 3);
        assert_eq!(unit.retention().remove_past(Kept::Answers, at("10:00:00"), 3).await.unwrap(), 2);
    }
}
