//! The figures of a coordinator's dashboard.

use chrono::TimeDelta;
use ipt_domain::{
    Instant, identity::role::Role, logbook::state::StateName, placement::state::PlacementStateName,
};
use ipt_ports::{
    Scope,
    insight::{CoordinatorFigures, DayOfTrend, ExceptionKind, FiguresRequest, Span},
};

use crate::support::{
    Fixture, on_both_databases,
    rows::{Entry, Placed, Placement},
    seeds::{at, july},
};

/// Half past three in the afternoon of the 6th, in Dar es Salaam, with the last three days.
fn request(placed: &Placed) -> FiguresRequest {
    let day = |number: i64| {
        let from = at("00:00:00") - TimeDelta::hours(3) - TimeDelta::days(6 - number);
        Span {
            from,
            to: from + TimeDelta::days(1),
        }
    };
    FiguresRequest {
        tenant: placed.tenant,
        now: at("12:30:00"),
        today: day(6),
        days: (4..=6)
            .map(|number| (july(u32::try_from(number).unwrap()), day(number)))
            .collect(),
        date: july(6),
        exceptions: 10,
    }
}

async fn figures(fixture: &Fixture, placed: &Placed) -> CoordinatorFigures {
    ask(fixture, placed, &request(placed)).await
}

async fn ask(fixture: &Fixture, placed: &Placed, request: &FiguresRequest) -> CoordinatorFigures {
    fixture
        .read(Scope::tenant(placed.tenant))
        .await
        .insight()
        .coordinator_figures(request)
        .await
        .unwrap()
}

fn before(minutes: i64) -> Instant {
    at("12:30:00") - TimeDelta::minutes(minutes)
}

on_both_databases! {
    async fn an_institution_without_anything_has_figures_too(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let quiet = |day| DayOfTrend { date: july(day), submitted: 0, verified: 0, validated: 0 };
        let expected = CoordinatorFigures {
            students: 1,
            trend: vec![quiet(4), quiet(5), quiet(6)],
            ..CoordinatorFigures::default()
        };
        assert_eq!(figures(fixture, &placed).await, expected);
    }

    async fn students_are_counted_once_and_placed_when_they_have_a_placement_ahead_or_under_way(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        placed.placement(fixture, "active").await;
        placed.placement(fixture, "approved").await;
        let waiting = fixture.member(placed.tenant, "Still Waiting", &[Role::Student]).await;
        placed.put(fixture, Placement { student: waiting, ..placed.usual("proposed") }).await;
        placed.put(fixture, Placement { student: waiting, ..placed.usual("completed") }).await;
        fixture.member(placed.tenant, "No Student", &[Role::Coordinator]).await;
        let elsewhere = Placed::new(fixture, "ardhi").await;
        elsewhere.placement(fixture, "active").await;
        let found = figures(fixture, &placed).await;
        assert_eq!((found.students, found.placed), (2, 1));
        let states = [
            (PlacementStateName::Proposed, 1),
            (PlacementStateName::Approved, 1),
            (PlacementStateName::Active, 1),
            (PlacementStateName::Completed, 1),
        ];
        assert_eq!(found.placements, states);
    }

    async fn entries_are_counted_by_state_and_those_of_today_and_overdue(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        let suspended = placed.placement(fixture, "suspended").await;
        let put = async |entry| placed.entry(fixture, placement, entry).await;
        // Today began at 21:00 UTC of the day before.
        let today = at("00:00:00") - TimeDelta::hours(3);
        put(Entry { first_submitted_at: Some(today), ..Entry::due("submitted", 1, before(1)) }).await;
        put(Entry { first_submitted_at: Some(today - TimeDelta::microseconds(1)), ..Entry::due("submitted", 2, before(0)) }).await;
        put(Entry { first_submitted_at: Some(today), ..Entry::due("industry_verified", 3, before(2)) }).await;
        put(Entry::waiting("validated", 4)).await;
        put(Entry { first_submitted_at: None, ..Entry::waiting("draft", 5) }).await;
        placed.entry(fixture, suspended, Entry::due("submitted", 1, before(60))).await;
        let found = figures(fixture, &placed).await;
        let states = [(StateName::Submitted, 3), (StateName::IndustryVerified, 1), (StateName::Validated, 1)];
        assert_eq!(found.logs, states);
        assert_eq!((found.submitted_today, found.overdue), (4, 2));
    }

    async fn review_times_are_the_median_from_what_asked_for_a_decision_to_the_decision(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        let mut entries = Vec::new();
        for day in 1..=4 {
            entries.push(placed.entry(fixture, placement, Entry::waiting("validated", day)).await);
        }
        let review = async |entry: usize, action, minutes| placed.review(fixture, entries[entry], action, before(minutes)).await;
        // Industry: 10, 30 and 20 minutes, then 50 from the revision on. The half way between 20 and 30 is 25.
        review(0, "submit", 1_000).await;
        review(0, "approve", 990).await;
        review(1, "submit", 800).await;
        review(1, "reject", 770).await;
        review(1, "revise", 500).await;
        review(1, "approve", 450).await;
        review(2, "submit", 400).await;
        review(2, "approve", 380).await;
        // The academic side: 90 from the verification, 5 from the coordinator's return, 40 from the evidence.
        review(0, "validate", 900).await;
        review(2, "flag", 290).await;
        review(2, "return_to_academic", 280).await;
        review(2, "validate", 275).await;
        review(3, "submit", 200).await;
        review(3, "verify_on_evidence", 100).await;
        review(3, "validate", 60).await;
        let found = figures(fixture, &placed).await;
        assert_eq!(found.industry_median_minutes, Some(25));
        assert_eq!(found.academic_median_minutes, Some(65));
    }

    async fn decisions_of_long_ago_or_elsewhere_do_not_count(fixture: &Fixture) {
        let (placed, elsewhere) = (Placed::new(fixture, "udsm").await, Placed::new(fixture, "ardhi").await);
        for (of, start) in [(&placed, 91 * 24 * 60), (&elsewhere, 100)] {
            let placement = of.placement(fixture, "active").await;
            let entry = of.entry(fixture, placement, Entry::waiting("validated", 1)).await;
            of.review(fixture, entry, "submit", before(start)).await;
            of.review(fixture, entry, "approve", before(start - 10)).await;
        }
        let found = figures(fixture, &placed).await;
        assert_eq!(found.industry_median_minutes, None);
        assert_eq!(found.trend.iter().map(|day| day.submitted).sum::<u64>(), 0);
    }

    async fn the_trend_goes_by_local_days(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        let entry = placed.entry(fixture, placement, Entry::waiting("validated", 1)).await;
        let other = placed.entry(fixture, placement, Entry::waiting("validated", 2)).await;
        let midnight = at("00:00:00") - TimeDelta::hours(3);
        let instant = TimeDelta::microseconds(1);
        placed.review(fixture, entry, "submit", midnight - instant).await;
        placed.review(fixture, entry, "recall", midnight).await;
        // Twice on one day is one entry handed in on that day.
        placed.review(fixture, entry, "submit", midnight).await;
        placed.review(fixture, entry, "revise", midnight + instant).await;
        placed.review(fixture, other, "submit", midnight).await;
        placed.review(fixture, entry, "approve", midnight).await;
        placed.review(fixture, other, "verify_on_evidence", midnight).await;
        placed.review(fixture, entry, "validate", midnight + instant).await;
        placed.review(fixture, other, "validate", midnight - TimeDelta::days(2)).await;
        placed.review(fixture, other, "submit", midnight + TimeDelta::days(1)).await;
        let found = figures(fixture, &placed).await;
        let day = |date, submitted, verified, validated| DayOfTrend { date: july(date), submitted, verified, validated };
        assert_eq!(found.trend, [day(4, 0, 0, 1), day(5, 1, 0, 0), day(6, 2, 2, 1)]);
    }

    async fn what_needs_a_person_is_named_with_the_moment_since_when(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let active = placed.placement(fixture, "active").await;
        let flagged = Entry { decided_at: Some(before(30)), ..Entry::waiting("flagged", 2) };
        let flagged = placed.entry(fixture, active, flagged).await;
        let overdue = placed.entry(fixture, active, Entry::due("submitted", 3, before(20))).await;
        placed.entry(fixture, active, Entry::due("submitted", 4, before(-1))).await;
        let ended = placed.put(fixture, Placement { end: july(4), ..placed.usual("active") }).await;
        placed.put(fixture, Placement { end: july(6), ..placed.usual("active") }).await;
        placed.put(fixture, Placement { end: july(4), ..placed.usual("completed") }).await;
        let alone = placed.put(fixture, Placement { industrial: None, ..placed.usual("approved") }).await;
        placed.put(fixture, Placement { university: None, start: july(7), ..placed.usual("approved") }).await;
        placed.put(fixture, Placement { university: None, ..placed.usual("proposed") }).await;
        let found = figures(fixture, &placed).await.exceptions;
        let told: Vec<_> = found.iter().map(|one| (one.kind, one.subject.as_str(), one.object_id, one.since)).collect();
        let local_midnight = |day: i64| at("00:00:00") - TimeDelta::hours(3) - TimeDelta::days(6 - day);
        assert_eq!(
            told,
            [
                (ExceptionKind::SupervisorMissing, "The Student, Bandari Ltd", alone.uuid(), local_midnight(1)),
                (ExceptionKind::EndPassed, "The Student, Bandari Ltd", ended.uuid(), local_midnight(5)),
                (ExceptionKind::FlaggedEntry, "The Student, 2026-07-02", flagged.uuid(), before(30)),
                (ExceptionKind::OverdueReview, "The Student, 2026-07-03", overdue.uuid(), before(20)),
            ]
        );
        let few = ask(fixture, &placed, &FiguresRequest { exceptions: 2, ..request(&placed) }).await;
        let kinds: Vec<_> = few.exceptions.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ExceptionKind::FlaggedEntry, ExceptionKind::OverdueReview]);
    }

    async fn a_supervisor_whose_membership_has_ended_is_missing(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        assert!(figures(fixture, &placed).await.exceptions.is_empty());
        let university = fixture.spelled(placed.university.uuid());
        fixture.as_owner(&format!("UPDATE membership SET status = 'disabled' WHERE user_id = {university}")).await.unwrap();
        let found = figures(fixture, &placed).await.exceptions;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].object_id), (ExceptionKind::SupervisorMissing, placement.uuid()));
    }

    async fn the_figures_cost_six_statements(fixture: &Fixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        for day in 1..=20 {
            let entry = placed.entry(fixture, placement, Entry::due("submitted", day, before(20))).await;
            placed.review(fixture, entry, "submit", before(100)).await;
        }
        let mut reader = fixture.read(Scope::tenant(placed.tenant)).await;
        let so_far = fixture.database.statements();
        let found = reader.insight().coordinator_figures(&request(&placed)).await.unwrap();
        assert_eq!(found.overdue, 20);
        assert_eq!(fixture.database.statements() - so_far, 6);
    }

    async fn another_institutions_figures_are_empty(fixture: &Fixture) {
        let (placed, elsewhere) = (Placed::new(fixture, "udsm").await, Placed::new(fixture, "ardhi").await);
        let placement = elsewhere.placement(fixture, "active").await;
        elsewhere.entry(fixture, placement, Entry::due("submitted", 1, before(20))).await;
        let mut reader = fixture.read(Scope::tenant(placed.tenant)).await;
        let found = reader.insight().coordinator_figures(&request(&elsewhere)).await.unwrap();
        assert_eq!((found.students, found.overdue, found.placements.len(), found.exceptions.len()), (0, 0, 0, 0));
    }
}
