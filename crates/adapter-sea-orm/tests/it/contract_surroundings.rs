//! What surrounds the day of a submission: other days, opened ones, and positions next to it.

use ipt_domain::{
    Instant,
    identity::role::Role,
    logbook::{
        anomaly::Anomaly,
        hours::Minutes,
        input::{LocationInput, ReportInput},
        nearby::{NearbyFixes, OtherFix},
        transition::StepKind,
    },
    placement::geofence::Position,
};
use ipt_ports::logbook::{CaseFound, PlacementChoice, Reopening};

use crate::support::{
    on_every_database,
    seeds::july,
    world::{TEXT, noon, report, step},
};

/// A report with the position at which it was written.
fn taken_at(lat: f64, lng: f64, at: Instant) -> ReportInput {
    let location = LocationInput {
        lat,
        lng,
        accuracy_m: None,
        captured_at: Some(at),
    };
    ReportInput {
        captured_at: Some(Some(at)),
        location: Some(Some(location)),
        ..report(TEXT)
    }
}

on_every_database! {
    async fn a_submission_is_told_what_surrounds_its_day(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let position = |minute: u32| Position::new(-6.8, 39.25 + f64::from(minute) / 1_000.0).unwrap();
        let taken = |minute: u32| -> ipt_domain::Instant {
            format!("2026-07-10T08:{minute:02}:00.000001Z").parse().unwrap()
        };
        // Monday to Friday of the second week, each with a position; Tuesday is voided, Friday taken back.
        let mut entries = Vec::new();
        for day in 13..=17 {
            let position = position(day);
            let location = LocationInput {
                lat: position.lat(),
                lng: position.lng(),
                accuracy_m: None,
                captured_at: Some(taken(day)),
            };
            let report = ReportInput { location: Some(Some(location)), ..report(TEXT) };
            let whose = (world.student, world.placement);
            entries.push(fixture.submit_report(&world, whose, july(day), report, noon(day)).await.unwrap());
        }
        let void = step(StepKind::Void, Some("A double."));
        fixture.take(&world, entries[1].id(), (world.coordinator, Role::Coordinator), void, noon(17)).await;
        let recall = step(StepKind::Recall, None);
        fixture.take(&world, entries[4].id(), (world.student, Role::Student), recall, noon(17)).await;
        let mut unit = fixture.begin(world.scope()).await;
        let reopening = Reopening {
            id: fixture.id(),
            tenant_id: world.tenant,
            placement_id: world.placement,
            from: july(13),
            to: july(14),
            reason: "The network was down.".to_owned(),
            by: world.coordinator,
            at: noon(17),
        };
        let trail = fixture.trail(Some(world.tenant), "logbook.reopen");
        unit.logbook().reopen_days(std::slice::from_ref(&reopening), &trail).await.unwrap();
        unit.commit().await.unwrap();

        let mut reader = fixture.read(world.scope()).await;
        let mut around = async |day| {
            let choice = PlacementChoice::OnlyActiveOf { tenant: world.tenant, student: world.student };
            let found = reader.logbook().submission_case(choice, july(day), Some(taken(day))).await.unwrap();
            let CaseFound::One(found) = found else { panic!("the placement is not found") };
            found.1
        };
        let opened = fixture.read(world.scope()).await.logbook().reopenings(&[fixture.id(), reopening.id]).await;
        assert_eq!(opened.unwrap(), [reopening]);
        let tuesday = around(14).await;
        assert!(!tuesday.day_taken && tuesday.reopened);
        assert_eq!(tuesday.other_hours_of_week, Minutes::from_hours(24));
        let wednesday = around(15).await;
        assert!(wednesday.day_taken && !wednesday.reopened);
        assert_eq!(wednesday.other_hours_of_week, Minutes::from_hours(16));
        assert_eq!(around(20).await.other_hours_of_week, Minutes::ZERO);
        // Whatever became of its log, a fix was where it was; a voided log is none in a row of logs.
        let fix = |day| Some(OtherFix { position: position(day), at: taken(day) });
        assert_eq!((wednesday.nearby_fixes.earlier, wednesday.nearby_fixes.later), (fix(15), fix(16)));
        assert_eq!(wednesday.nearby_fixes.days_before, [15, 13].map(position));
        assert_eq!(wednesday.nearby_fixes.days_after, [16, 17].map(position));
        let of_wednesday = reader.logbook().surroundings(&entries[2], Some(taken(15))).await.unwrap();
        assert!(!of_wednesday.day_taken);
        assert_eq!((of_wednesday.nearby_fixes.earlier, of_wednesday.nearby_fixes.later), (fix(14), fix(16)));
        assert_eq!(of_wednesday.nearby_fixes.days_before, [13].map(position));
        let without = reader.logbook().surroundings(&entries[2], None).await.unwrap();
        assert_eq!(without.nearby_fixes, NearbyFixes::default());
    }

    async fn an_entry_that_comes_late_is_compared_with_its_neighbours_and_not_with_the_newest(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let whose = (world.student, world.placement);
        let hand_in = async |day, lng, now| {
            let report = taken_at(-6.816, lng, noon(day));
            let entry = fixture.submit_report(&world, whose, july(day), report, now).await.unwrap();
            entry.submission().unwrap().report.location.notes.clone()
        };
        let (workplace, elsewhere) = (39.289, 39.3);
        for day in [8, 9, 13, 14] {
            assert_eq!(hand_in(day, workplace, noon(day)).await, []);
        }
        for day in [15, 16, 17] {
            assert_eq!(hand_in(day, elsewhere, noon(day)).await, []);
        }
        assert_eq!(hand_in(10, workplace, noon(17)).await, [Anomaly::RepeatedCoordinates]);
        // A quarter of the way round the earth, a day after one neighbour and a day before the other.
        assert!(matches!(hand_in(11, 129.0, noon(17)).await.as_slice(), [Anomaly::ImpossibleTravel { .. }]));
    }

    async fn a_student_with_two_active_placements_must_name_one(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let choice = PlacementChoice::OnlyActiveOf { tenant: world.tenant, student: world.student };
        let second = ipt_domain::placement::placement::Placement::from_parts(world.parts(fixture.id(), world.student)).unwrap();
        fixture.place(&world, second).await.unwrap();
        let mut reader = fixture.read(world.scope()).await;
        let found = reader.logbook().submission_case(choice, july(7), None).await.unwrap();
        assert!(matches!(found, CaseFound::Several));
        let nobody = PlacementChoice::OnlyActiveOf { tenant: world.tenant, student: world.coordinator };
        assert!(matches!(reader.logbook().submission_case(nobody, july(7), None).await.unwrap(), CaseFound::None));
        let policies = reader.logbook().policies_of_student(world.tenant, world.student).await.unwrap();
        assert_eq!(policies.len(), 2);
    }
}
