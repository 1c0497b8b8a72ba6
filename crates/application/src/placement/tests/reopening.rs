//! Opening days again.

use ipt_domain::{id::PlacementId, identity::role::Role};
use ipt_ports::engagement::Topic;
use uuid::Uuid;

use super::{Place, codes, create};
use crate::{placement::reopen_days, tests::date};

fn days(placement_ids: Vec<PlacementId>) -> reopen_days::Command {
    reopen_days::Command {
        placement_ids,
        from: date("2026-07-13"),
        to: date("2026-07-17"),
        reason: Some("the network was down".to_owned()),
    }
}

#[tokio::test]
async fn a_coordinator_opens_days_for_many_students_at_once() {
    let place = Place::new();
    let first = place.approved(&place.supervised()).await;
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let second = place
        .approved(&create::Command {
            student_id: Some(baraka),
            ..place.supervised()
        })
        .await;
    let caller = place.caller(place.cora);
    let command = days(vec![first, second, first]);
    let opened = reopen_days::execute(&place.world.services, &caller, &command)
        .await
        .unwrap();
    assert_eq!(opened.len(), 2);
    let state = place.world.state();
    assert!(state.reopenings.values().eq(&opened));
    assert_eq!(
        state
            .deeds()
            .iter()
            .filter(|deed| **deed == "placement.reopen_days")
            .count(),
        2
    );
}

#[tokio::test]
async fn days_are_opened_for_all_of_them_or_for_none() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let mut command = days(vec![id, PlacementId::new(Uuid::from_u128(97))]);
    command.reason = None;
    let caller = place.caller(place.cora);
    let refusal = reopen_days::execute(&place.world.services, &caller, &command)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["comments_required", "placement_unknown"]);
    assert!(place.world.state().reopenings.is_empty());
    let told = |topic| {
        place
            .world
            .state()
            .outbox
            .values()
            .filter(|queued| queued.message.topic == topic)
            .count()
    };
    assert_eq!(
        told(Topic::DaysReopened),
        0,
        "nobody is told of what did not happen"
    );
    command = days(Vec::new());
    (command.from, command.to) = (command.to, command.from);
    let refusal = reopen_days::execute(&place.world.services, &caller, &command)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["number_of_placements", "period_reversed"]);
}

#[tokio::test]
async fn only_coordinators_open_days_and_not_their_own() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    for user in [place.asha, place.salim, place.juma] {
        let refusal = reopen_days::execute(&place.world.services, &place.caller(user), &days(vec![id])).await;
        assert_eq!(refusal.unwrap_err().code(), "forbidden");
    }
    let membership = place.world.memberships_of(place.asha, place.world.tenant)[0].id;
    place.world.change_membership(membership, |held| {
        held.roles = vec![Role::Student, Role::Coordinator];
    });
    let own = reopen_days::execute(&place.world.services, &place.caller(place.asha), &days(vec![id])).await;
    assert_eq!(own.unwrap_err().code(), "separation_of_duties");
}
