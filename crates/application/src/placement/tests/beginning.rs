//! Placements that begin by themselves.

use ipt_domain::{identity::role::Role, placement::state::PlacementStateName as S};

use super::{Place, create};
use crate::{
    placement::activate_due,
    tests::{at, date},
};

#[tokio::test]
async fn a_placement_begins_at_the_start_of_its_first_local_day() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    place.world.clock.set(at("2026-07-12T20:59:59Z"));
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 0);
    assert_eq!(place.state_of(id), S::Approved);
    place.world.clock.set(at("2026-07-12T21:00:00Z"));
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 1);
    assert_eq!(place.state_of(id), S::Active);
    let state = place.world.state();
    let event = state.placement_events.last().unwrap();
    let (_, record) = state.records.last_key_value().unwrap();
    assert_eq!((event.by, record.actor), (None, None));
    assert_eq!(state.placements[&id].active_since(), Some(date("2026-07-13")));
}

#[tokio::test]
async fn another_round_does_nothing_more() {
    let place = Place::new();
    place.approved(&place.supervised()).await;
    place.world.clock.set(at("2026-07-13T08:00:00Z"));
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 1);
    let events = place.world.state().placement_events.len();
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 0);
    assert_eq!(place.world.state().placement_events.len(), events);
}

#[tokio::test]
async fn one_that_loses_a_race_keeps_no_other_from_beginning() {
    let place = Place::new();
    let first = place.approved(&place.supervised()).await;
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let second = place
        .approved(&create::Command {
            student_id: Some(baraka),
            ..place.supervised()
        })
        .await;
    place.world.clock.set(at("2026-07-13T08:00:00Z"));
    place.world.database.lose_races(1);
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 1);
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 1);
    assert_eq!(
        (place.state_of(first), place.state_of(second)),
        (S::Active, S::Active)
    );
}

#[tokio::test]
async fn without_both_supervisors_nothing_begins() {
    let place = Place::new();
    let command = create::Command {
        university_supervisor_id: None,
        ..place.supervised()
    };
    let id = place.approved(&command).await;
    place.world.clock.set(at("2026-07-20T08:00:00Z"));
    assert_eq!(activate_due::execute(&place.world.services).await.unwrap(), 0);
    assert_eq!(place.state_of(id), S::Approved);
}
