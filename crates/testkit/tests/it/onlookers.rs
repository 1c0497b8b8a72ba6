//! Who finds which entries and placements, where that changes from day to day.

use ipt_domain::{
    Instant,
    id::UserId,
    identity::role::Role,
    placement::delegation::{Delegation, DelegationParts, Part},
};
use ipt_ports::{
    logbook::{LogFilter, Onlooker},
    placement::PlacementFilter,
};
use ipt_testkit::builders::day;

use crate::support::{Stage, local, terminated};

/// How many entries, entries awaiting the person, and placements a person finds at a moment.
async fn found(stage: &Stage, user_id: UserId, now: Instant) -> (u64, u64, u64) {
    let onlooker = Onlooker {
        user_id,
        coordinates: Vec::new(),
        now,
    };
    let mut logs = LogFilter {
        onlooker: onlooker.clone(),
        states: Vec::new(),
        placement_id: None,
        student_id: None,
        from: None,
        to: None,
        overdue: None,
        flagged: None,
        awaiting_onlooker: false,
        text: None,
    };
    let placements = PlacementFilter {
        onlooker,
        states: Vec::new(),
        student_id: None,
        organisation_id: None,
        programme_id: None,
        supervisor_id: None,
    };
    let mut reader = stage.read().await;
    let all = reader.logbook().log_count(&logs).await.unwrap();
    logs.awaiting_onlooker = true;
    let awaiting = reader.logbook().log_count(&logs).await.unwrap();
    (
        all,
        awaiting,
        reader.placement().placement_count(&placements).await.unwrap(),
    )
}

#[tokio::test]
async fn a_delegate_looks_at_a_placement_on_the_days_of_the_appointment_alone() {
    let stage = Stage::new().await;
    stage.submit("07-06", local("07-06 17:00")).await;
    let delegate = stage
        .world
        .add_member("Baraka John", &[Role::IndustrialSupervisor])
        .await;
    let delegation = DelegationParts {
        id: stage.world.id(),
        placement_id: stage.world.placement,
        part: Part::Industrial,
        delegate,
        from: day("2026-07-10"),
        to: day("2026-07-14"),
        appointed_by: stage.world.industrial,
    };
    stage
        .database
        .put_delegation(Delegation::from_parts(delegation).unwrap());
    let days = [
        ("07-09 23:59", (0, 0, 0)),
        ("07-10 00:00", (1, 1, 1)),
        ("07-14 23:59", (1, 1, 1)),
        ("07-15 00:00", (0, 0, 0)),
    ];
    for (time, expected) in days {
        assert_eq!(found(&stage, delegate, local(time)).await, expected, "{time}");
    }
}

#[tokio::test]
async fn the_workplace_looks_on_for_two_weeks_after_a_termination_and_the_university_without_end() {
    let stage = Stage::new().await;
    let (first, now) = (
        stage.submit("07-06", local("07-06 17:00")).await,
        local("07-07 17:00"),
    );
    stage.submit("07-07", now).await;
    stage.approve(first, now).await;
    stage.turn(terminated("2026-08-14")).await;
    let industrial = stage.world.industrial;
    assert_eq!(found(&stage, industrial, local("08-28 23:59")).await, (2, 1, 1));
    assert_eq!(found(&stage, industrial, local("08-29 00:00")).await, (0, 0, 0));
    assert_eq!(
        found(&stage, stage.world.university, local("12-31 12:00")).await,
        (2, 1, 1)
    );
}
