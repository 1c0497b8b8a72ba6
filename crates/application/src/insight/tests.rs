//! Tests of the dashboards.

use ipt_domain::{
    id::PlacementId,
    identity::role::Role,
    logbook::{state::StateName, transition::StepKind},
};
use ipt_ports::insight::ExceptionKind;

use super::{
    InsightError,
    coordinator_dashboard::{self, Dashboard},
};
use crate::{
    placement::placements::create,
    tests::{Place, World, approve, at, date},
};

/// What the coordinator sees now.
async fn dashboard(place: &Place) -> Dashboard {
    coordinator_dashboard::execute(&place.world.services, &place.caller(place.cora))
        .await
        .unwrap()
}

/// Another student's placement, approved without supervisors.
async fn unsupervised_from(place: &Place, day: &str) {
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let command = create::Command {
        student_id: Some(baraka),
        start_date: date(day),
        ..place.proposal()
    };
    place.approved(&command).await;
}

#[tokio::test]
async fn the_days_of_the_dashboard_are_the_institutions() {
    let place = Place::new();
    let placement = place.active().await;
    unsupervised_from(&place, "2026-07-07").await;
    // The last moment of the 6th in Dar es Salaam, and the first one of the 7th.
    for (moment, day) in [
        ("2026-07-06T20:59:59.999999Z", "2026-07-06"),
        ("2026-07-06T21:00:00Z", "2026-07-07"),
    ] {
        place.world.clock.set(at(moment));
        place.submit(placement, day).await;
    }
    for (now, last, today) in [
        ("2026-07-06T21:30:00Z", "2026-07-07", 1),
        ("2026-07-07T20:59:59.999999Z", "2026-07-07", 1),
        ("2026-07-07T21:00:00Z", "2026-07-08", 0),
    ] {
        place.world.clock.set(at(now));
        let figures = dashboard(&place).await.figures;
        assert_eq!(figures.submitted_today, today, "{now}");
        let trend = figures.trend;
        assert_eq!((trend.len(), trend[13].date), (14, date(last)));
        assert_eq!(trend[0].date, date(last) - chrono::Days::new(13));
        let submitted = trend.iter().filter(|day| day.submitted > 0);
        let submitted: Vec<_> = submitted.map(|day| (day.date, day.submitted)).collect();
        assert_eq!(submitted, [(date("2026-07-06"), 1), (date("2026-07-07"), 1)]);
        let missing: Vec<_> = figures
            .exceptions
            .iter()
            .map(|found| (found.kind, found.since))
            .collect();
        assert_eq!(
            missing,
            [(ExceptionKind::SupervisorMissing, at("2026-07-06T21:00:00Z"))]
        );
    }
}

/// A log that the academic side flags at some moment.
async fn flagged(place: &Place, placement: PlacementId, day: &str, moment: &str) {
    place.turn_to(day);
    let log = place.submit(placement, day).await;
    place.decide(place.salim, log, approve()).await;
    place.world.clock.set(at(moment));
    place.decide(place.juma, log, StepKind::Flag).await;
}

#[tokio::test]
async fn the_gravest_exceptions_come_first_and_of_these_the_oldest() {
    let place = Place::new();
    let placement = place.active().await;
    unsupervised_from(&place, "2026-07-10").await;
    place.submit(placement, "2026-07-06").await;
    flagged(&place, placement, "2026-07-07", "2026-07-10T09:00:00Z").await;
    flagged(&place, placement, "2026-07-08", "2026-07-08T09:00:00Z").await;
    place.turn_to("2026-07-11");
    let dashboard = dashboard(&place).await;
    let exceptions = &dashboard.figures.exceptions;
    let told: Vec<_> = exceptions.iter().map(|found| (found.kind, found.since)).collect();
    assert_eq!(
        told,
        [
            (ExceptionKind::FlaggedEntry, at("2026-07-08T09:00:00Z")),
            (ExceptionKind::SupervisorMissing, at("2026-07-09T21:00:00Z")),
            (ExceptionKind::FlaggedEntry, at("2026-07-10T09:00:00Z")),
            (ExceptionKind::OverdueReview, at("2026-07-09T20:59:59.999999Z")),
        ]
    );
    // In whatever order they are found.
    let mut found: Vec<_> = exceptions.iter().rev().cloned().collect();
    coordinator_dashboard::order(&mut found);
    assert_eq!(found, *exceptions);
    let logs = [StateName::Submitted, StateName::Flagged, StateName::Validated];
    assert_eq!(logs.map(|state| dashboard.logs_in(state)), [1, 2, 0]);
    assert_eq!(dashboard.generated_at, place.world.clock_now());
}

#[tokio::test]
async fn the_dashboard_is_for_coordinators() {
    let world = World::new();
    for (name, role) in [("asha", Role::Student), ("juma", Role::UniversitySupervisor)] {
        let caller = world.caller(world.with_roles(name, &[role]));
        let refusal = coordinator_dashboard::execute(&world.services, &caller).await;
        assert!(matches!(refusal, Err(InsightError::Denied(_))), "{name}");
    }
}
