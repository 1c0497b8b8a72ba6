//! Tests of the dashboards.

use ipt_domain::{identity::role::Role, logbook::state::StateName};
use ipt_ports::insight::{ExceptionFound, ExceptionKind};
use uuid::Uuid;

use super::{InsightError, coordinator_dashboard};
use crate::tests::{World, at, date};

#[tokio::test]
async fn the_days_of_the_dashboard_are_the_institutions() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    // Half past midnight on the 7th in Dar es Salaam.
    world.clock.set(at("2026-07-06T21:30:00Z"));
    coordinator_dashboard::execute(&world.services, &cora)
        .await
        .unwrap();
    let request = world.state().figures_asked[0].clone();
    assert_eq!((request.tenant, request.date), (world.tenant, date("2026-07-07")));
    assert_eq!(request.today.from, at("2026-07-06T21:00:00Z"));
    assert_eq!(request.today.to, at("2026-07-07T21:00:00Z"));
    assert_eq!(request.days.len(), 14);
    assert_eq!(
        (request.days[0].0, request.days[13].0),
        (date("2026-06-24"), date("2026-07-07"))
    );
    assert_eq!(request.days[12].1.to, request.days[13].1.from);
}

#[tokio::test]
async fn the_gravest_exceptions_come_first_and_of_these_the_oldest() {
    let world = World::new();
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let exception = |kind, since: &str| ExceptionFound {
        kind,
        subject: "asha".to_owned(),
        object_id: Uuid::from_u128(1),
        since: at(since),
    };
    world.state().figures.exceptions = vec![
        exception(ExceptionKind::OverdueReview, "2026-07-01T00:00:00Z"),
        exception(ExceptionKind::FlaggedEntry, "2026-07-04T00:00:00Z"),
        exception(ExceptionKind::SupervisorMissing, "2026-07-03T00:00:00Z"),
    ];
    world.state().figures.logs = vec![(StateName::Submitted, 7)];
    let dashboard = coordinator_dashboard::execute(&world.services, &cora)
        .await
        .unwrap();
    let kinds: Vec<_> = dashboard
        .figures
        .exceptions
        .iter()
        .map(|found| found.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            ExceptionKind::SupervisorMissing,
            ExceptionKind::FlaggedEntry,
            ExceptionKind::OverdueReview
        ]
    );
    assert_eq!(
        (
            dashboard.logs_in(StateName::Submitted),
            dashboard.logs_in(StateName::Flagged)
        ),
        (7, 0)
    );
    assert_eq!(dashboard.generated_at, world.clock_now());
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
