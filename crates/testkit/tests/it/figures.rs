//! A coordinator's figures.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    identity::role::Role,
    logbook::{state::StateName, transition::StepKind},
    placement::state::{PlacementState, PlacementStateName},
};
use ipt_ports::insight::{CoordinatorFigures, DayOfTrend, ExceptionKind, FiguresRequest, Span};
use ipt_testkit::builders::{self, calendar, day};

use crate::support::{Stage, local, suspended};

fn request(stage: &Stage, now: Instant) -> FiguresRequest {
    let calendar = calendar();
    let span = |date: NaiveDate| Span {
        from: calendar.start_of_day(date),
        to: calendar.end_of_day(date),
    };
    let date = calendar.local_date(now);
    let yesterday = date.pred_opt().unwrap();
    FiguresRequest {
        tenant: stage.world.tenant,
        now,
        today: span(date),
        days: vec![(yesterday, span(yesterday)), (date, span(date))],
        date,
        exceptions: 10,
    }
}

async fn figures(stage: &Stage, now: Instant) -> CoordinatorFigures {
    stage
        .read()
        .await
        .insight()
        .coordinator_figures(&request(stage, now))
        .await
        .unwrap()
}

#[tokio::test]
async fn students_placements_and_entries_are_counted() {
    let stage = Stage::new().await;
    stage.world.add_member("Baraka John", &[Role::Student]).await;
    let first = stage.submit("07-06", local("07-06 17:00")).await;
    stage.submit("07-07", local("07-07 17:00")).await;
    stage.approve(first, local("07-07 18:00")).await;
    let found = figures(&stage, local("07-07 19:00")).await;
    assert_eq!((found.students, found.placed), (2, 1));
    assert_eq!(found.placements, [(PlacementStateName::Active, 1)]);
    assert_eq!(
        found.logs,
        [(StateName::Submitted, 1), (StateName::IndustryVerified, 1)]
    );
    assert_eq!((found.submitted_today, found.overdue), (1, 0));
    let quiet = |date| DayOfTrend {
        date: day(date),
        submitted: 0,
        verified: 0,
        validated: 0,
    };
    assert_eq!(
        found.trend,
        [
            DayOfTrend {
                submitted: 1,
                ..quiet("2026-07-06")
            },
            DayOfTrend {
                submitted: 1,
                verified: 1,
                ..quiet("2026-07-07")
            },
        ]
    );
}

#[tokio::test]
async fn review_times_are_medians_from_what_asked_for_a_decision_to_the_decision() {
    let stage = Stage::new().await;
    for (date, minutes) in [("07-06", 10), ("07-07", 31), ("07-08", 60)] {
        let now = local(&format!("{date} 17:00"));
        let id = stage.submit(date, now).await;
        let verified = now + chrono::TimeDelta::minutes(minutes);
        stage.approve(id, verified).await;
        stage
            .judge(id, StepKind::Validate, verified + chrono::TimeDelta::hours(2))
            .await;
    }
    let found = figures(&stage, local("07-08 23:00")).await;
    assert_eq!(found.industry_median_minutes, Some(31));
    assert_eq!(found.academic_median_minutes, Some(120));
    assert_eq!(
        figures(&stage, local("12-01 12:00"))
            .await
            .industry_median_minutes,
        None
    );
}

#[tokio::test]
async fn what_needs_a_person_is_named_and_no_kind_hides_another() {
    let stage = Stage::new().await;
    let flagged = stage.submit("07-06", local("07-06 17:00")).await;
    stage.approve(flagged, local("07-06 18:00")).await;
    stage.judge(flagged, StepKind::Flag, local("07-06 19:00")).await;
    let mut late = Vec::new();
    for date in ["07-07", "07-08", "07-09"] {
        late.push(stage.submit(date, local(&format!("{date} 17:00"))).await);
    }
    let now = local("10-01 12:00");
    let kinds = |found: &CoordinatorFigures| found.exceptions.iter().map(|one| one.kind).collect::<Vec<_>>();
    let found = figures(&stage, now).await;
    assert_eq!(found.overdue, 3);
    assert_eq!(
        kinds(&found),
        [
            ExceptionKind::FlaggedEntry,
            ExceptionKind::OverdueReview,
            ExceptionKind::OverdueReview,
            ExceptionKind::OverdueReview,
            ExceptionKind::EndPassed,
        ]
    );
    assert_eq!(found.exceptions[0].subject, "Asha Mushi, 2026-07-06");
    assert_eq!(found.exceptions[0].since, local("07-06 19:00"));
    assert_eq!(found.exceptions[4].subject, "Asha Mushi, Ubungo Bearings");
    assert_eq!(found.exceptions[4].since, local("09-26 00:00"));

    let three = FiguresRequest {
        exceptions: 3,
        ..request(&stage, now)
    };
    let found = stage
        .read()
        .await
        .insight()
        .coordinator_figures(&three)
        .await
        .unwrap();
    assert_eq!(
        kinds(&found),
        [
            ExceptionKind::FlaggedEntry,
            ExceptionKind::OverdueReview,
            ExceptionKind::EndPassed
        ]
    );
    assert_eq!(found.exceptions[1].object_id, late[0].uuid());
}

#[tokio::test]
async fn a_placement_that_has_begun_without_a_supervisor_needs_a_person_and_a_suspended_one_is_not_overdue() {
    let stage = Stage::new().await;
    stage.submit("07-06", local("07-06 17:00")).await;
    stage.turn(suspended()).await;
    let student = stage.world.add_member("Baraka John", &[Role::Student]).await;
    let mut placed = stage.world.placed();
    (placed.student, placed.university) = (student, None);
    let alone = builders::placement(stage.world.id(), placed, PlacementState::Approved);
    stage.world.add_placement(&alone).await;
    assert_eq!(figures(&stage, local("07-05 12:00")).await.exceptions, []);
    let found = figures(&stage, local("08-03 12:00")).await;
    assert_eq!(found.overdue, 0);
    let missing: Vec<_> = found
        .exceptions
        .iter()
        .map(|one| (one.kind, one.object_id, one.since))
        .collect();
    assert_eq!(
        missing,
        [(
            ExceptionKind::SupervisorMissing,
            alone.id().uuid(),
            local("07-06 00:00")
        )]
    );
}

#[tokio::test]
async fn another_institutions_figures_are_empty() {
    let stage = Stage::new().await;
    stage.submit("07-06", local("07-06 17:00")).await;
    let other = stage.world.id();
    stage.world.add_institution(other, "ardhi").await;
    let of_other = FiguresRequest {
        tenant: other,
        ..request(&stage, local("07-06 19:00"))
    };
    let found = stage
        .read()
        .await
        .insight()
        .coordinator_figures(&of_other)
        .await
        .unwrap();
    assert_eq!(
        (found.students, found.placements, found.logs),
        (0, Vec::new(), Vec::new())
    );
}
