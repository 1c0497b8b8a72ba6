//! A supervisor's number of students on one day, and who places a student: never exceeded, and never both at once.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::UserId,
    identity::role::Role,
    placement::{
        delegation::Part,
        load::Overload,
        mode::Mode,
        period::Period,
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    Constraint, Database as _, RepositoryError,
    placement::{PlacementChange, StudentCount, SupervisorCaps},
};

use crate::support::{Fixture, on_every_database, seeds::july, world::World};

/// Room for one student.
const ONE: SupervisorCaps = SupervisorCaps {
    industrial: 1,
    university: 1,
};

fn day(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

fn days(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

/// The days of the world's placement.
fn term() -> Period {
    days("2026-07-06", "2026-09-25")
}

/// The change, where there is room for one student.
fn with_room_for_one(change: PlacementChange) -> PlacementChange {
    let outcome = change.placement.clone();
    PlacementChange {
        count: Some(StudentCount { outcome, caps: ONE }),
        ..change
    }
}

/// Another student's proposal with a university supervisor only, where there is room for one.
async fn proposal(fixture: &Fixture, world: &World, supervisor: UserId, period: Period) -> PlacementChange {
    let name = format!("Student {}", fixture.id::<uuid::Uuid>());
    let student = fixture.member(world.tenant, &name, &[Role::Student]).await;
    let placement = Placement::from_parts(PlacementParts {
        industrial_supervisor: None,
        university_supervisor: Some(supervisor),
        state: PlacementState::Proposed,
        period,
        ..world.parts(fixture.id(), student)
    })
    .unwrap();
    with_room_for_one(fixture.change(placement, None))
}

/// What the caps say of a change.
fn judged(outcome: Result<(), RepositoryError>) -> Result<(), Overload> {
    match outcome {
        Ok(()) => Ok(()),
        Err(RepositoryError::Conflict(Constraint::SupervisorCap(over))) => Err(over),
        Err(error) => panic!("{error:?}"),
    }
}

/// Whether a university supervisor can take a student on these days when there is room for one. Nothing is stored.
async fn room_for_one(
    fixture: &Fixture,
    world: &World,
    supervisor: UserId,
    period: Period,
) -> Result<(), Overload> {
    let change = proposal(fixture, world, supervisor, period).await;
    judged(try_only(fixture, world, &change).await)
}

/// Makes a change, and gives it up.
async fn try_only(fixture: &Fixture, world: &World, change: &PlacementChange) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(world.scope()).await;
    let trail = fixture.trail(Some(world.tenant), "placement.try");
    unit.placement().save_placement(change, &trail).await
}

async fn has_room(fixture: &Fixture, world: &World, supervisor: UserId) -> bool {
    room_for_one(fixture, world, supervisor, term()).await.is_ok()
}

/// The first such day for a university supervisor with one student.
fn full_on(date: &str) -> Result<(), Overload> {
    Err(Overload {
        part: Part::Academic,
        day: day(date),
        students: 1,
        cap: 1,
    })
}

/// The world's placement, changed, where there is room for one.
fn changed(
    fixture: &Fixture,
    world: &World,
    change: impl FnOnce(PlacementParts) -> PlacementParts,
) -> PlacementChange {
    let parts = change(world.parts(world.placement, world.student));
    let parts = PlacementParts {
        version: Version::new(2),
        ..parts
    };
    let placement = Placement::from_parts(parts).unwrap();
    with_room_for_one(fixture.change(placement, Some(Version::FIRST)))
}

/// The world's placement on other days.
fn moved(fixture: &Fixture, world: &World, period: Period) -> PlacementChange {
    changed(fixture, world, |parts| PlacementParts { period, ..parts })
}

/// Makes changes at once, each in a unit of work of its own.
async fn at_once(
    fixture: &Fixture,
    world: &World,
    changes: Vec<PlacementChange>,
) -> Vec<Result<(), Overload>> {
    let attempts = changes.into_iter().map(|change| {
        let (database, scope) = (fixture.database.clone(), world.scope());
        let trail = fixture.trail(Some(world.tenant), "placement.race");
        tokio::spawn(async move {
            let mut unit = database.begin(scope).await?;
            unit.placement().save_placement(&change, &trail).await?;
            unit.commit().await
        })
    });
    let outcomes = futures_util::future::join_all(attempts).await;
    outcomes
        .into_iter()
        .map(|outcome| judged(outcome.unwrap()))
        .collect()
}

on_every_database! {
    async fn the_tenth_place_of_a_supervisor_is_given_once(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        for number in 0..8 {
            fixture.another_student(&world, &format!("Student {number}")).await;
        }
        // Nine are placed. Two more at once, for the tenth place.
        let mut changes = Vec::new();
        for name in ["Last A", "Last B"] {
            let student = fixture.member(world.tenant, name, &[Role::Student]).await;
            let placement = Placement::from_parts(world.parts(fixture.id(), student)).unwrap();
            changes.push(fixture.change(placement, None));
        }
        let mut outcomes = at_once(fixture, &world, changes).await;
        outcomes.sort_unstable_by_key(Result::is_err);
        let over = Overload { part: Part::Industrial, day: july(6), students: 10, cap: 10 };
        assert_eq!(outcomes, [Ok(()), Err(over)]);
    }

    async fn of_two_at_once_on_days_that_meet_one_wins_and_on_others_both(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let next = ["2026-09-26", "2026-12-18"];
        for (other, winners) in [(days("2026-12-18", "2027-02-26"), 1), (days("2026-12-19", "2027-02-26"), 2)] {
            let supervisor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
            let changes = vec![
                proposal(fixture, &world, supervisor, days(next[0], next[1])).await,
                proposal(fixture, &world, supervisor, other).await,
            ];
            let outcomes = at_once(fixture, &world, changes).await;
            assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), winners, "{outcomes:?}");
        }
    }

    async fn an_extension_and_a_proposal_for_the_same_days_do_not_both_win(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let changes = vec![
            moved(fixture, &world, days("2026-07-06", "2026-10-30")),
            proposal(fixture, &world, world.university, days("2026-10-30", "2026-12-18")).await,
        ];
        let outcomes = at_once(fixture, &world, changes).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.contains(&full_on("2026-10-30")), "{outcomes:?}");
    }

    async fn who_is_full_this_term_has_room_in_the_next(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let university = world.university;
        let room = async |from, to| room_for_one(fixture, &world, university, days(from, to)).await;
        assert_eq!(room("2026-09-26", "2026-12-18").await, Ok(()));
        assert_eq!(room("2026-04-06", "2026-07-05").await, Ok(()));
        // Both ends of a placement count.
        assert_eq!(room("2026-09-25", "2026-12-18").await, full_on("2026-09-25"));
        assert_eq!(room("2026-04-06", "2026-07-06").await, full_on("2026-07-06"));
        assert_eq!(room("2026-01-01", "2026-12-31").await, full_on("2026-07-06"));
        assert_eq!(room("2026-08-03", "2026-08-07").await, full_on("2026-08-03"));
    }

    async fn nobody_else_and_nowhere_else_counts(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let elsewhere = fixture.world("suza").await;
        // The same person, with a student in another institution and as the other kind of supervisor.
        for part in [Part::Industrial, Part::Academic] {
            let student = fixture.member(elsewhere.tenant, "Elsewhere", &[Role::Student]).await;
            let named = |wanted| (part == wanted).then_some(world.industrial);
            let placement = Placement::from_parts(PlacementParts {
                industrial_supervisor: named(Part::Industrial),
                university_supervisor: named(Part::Academic),
                state: PlacementState::Proposed,
                ..elsewhere.parts(fixture.id(), student)
            });
            fixture.place(&elsewhere, placement.unwrap()).await.unwrap();
        }
        assert!(has_room(fixture, &world, world.industrial).await);
        assert!(!has_room(fixture, &elsewhere, world.industrial).await);
    }

    async fn an_extension_into_a_full_time_is_refused(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let next = proposal(fixture, &world, world.university, days("2026-09-28", "2026-12-18")).await;
        fixture.store(&world, &next).await.unwrap();
        let attempt = async |from, to| {
            judged(try_only(fixture, &world, &moved(fixture, &world, days(from, to))).await)
        };
        assert_eq!(attempt("2026-07-06", "2026-10-09").await, full_on("2026-09-28"));
        assert_eq!(attempt("2026-12-18", "2027-02-26").await, full_on("2026-12-18"));
        assert_eq!(attempt("2026-07-06", "2026-09-27").await, Ok(()));
        assert_eq!(attempt("2026-12-19", "2027-02-26").await, Ok(()));
    }

    async fn a_supervisor_with_too_many_students_is_in_the_way_of_nothing_else(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        // Two students, and by now there may be one.
        fixture.another_student(&world, "Another").await;
        for change in [
            changed(fixture, &world, |parts| PlacementParts { mode: Mode::Remote, ..parts }),
            moved(fixture, &world, days("2026-07-06", "2026-09-18")),
            moved(fixture, &world, days("2026-07-06", "2026-10-09")),
            moved(fixture, &world, days("2026-06-29", "2026-09-25")),
        ] {
            assert_eq!(judged(try_only(fixture, &world, &change).await), Ok(()), "{change:?}");
        }
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let handed_over = changed(fixture, &world, |parts| PlacementParts {
            university_supervisor: Some(successor),
            ..parts
        });
        fixture.store(&world, &handed_over).await.unwrap();
    }

    async fn a_student_counts_once_for_a_supervisor_and_no_longer_when_it_ends(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let second = Placement::from_parts(PlacementParts {
            state: PlacementState::Approved,
            period: days("2026-08-03", "2026-10-09"),
            ..world.parts(fixture.id(), world.student)
        })
        .unwrap();
        let second_id = second.id();
        // There is room for one student, and both placements are the same one's.
        fixture.store(&world, &with_room_for_one(fixture.change(second, None))).await.unwrap();
        let university = world.university;
        let room = async |from, to| room_for_one(fixture, &world, university, days(from, to)).await;
        assert_eq!(room("2026-07-06", "2026-08-02").await, full_on("2026-07-06"));
        let ended = |id, state| {
            let parts = PlacementParts { state, version: Version::new(2), ..world.parts(id, world.student) };
            fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
        };
        // Terminated early, the days that only this one had are free; on the others the second still counts.
        let terminated = PlacementState::Terminated {
            active_since: Some(july(6)),
            effective: july(17),
            reason: Remark::parse(Some("The workshop burnt down.")).unwrap().unwrap(),
        };
        fixture.store(&world, &ended(world.placement, terminated)).await.unwrap();
        assert_eq!(room("2026-07-18", "2026-08-02").await, Ok(()));
        assert_eq!(room("2026-07-18", "2026-09-25").await, full_on("2026-08-03"));
        fixture.store(&world, &ended(second_id, PlacementState::Cancelled { reason: None })).await.unwrap();
        assert_eq!(room("2026-07-18", "2026-09-25").await, Ok(()));
    }

    async fn a_replaced_supervisor_gives_the_place_to_the_successor(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let change = changed(fixture, &world, |parts| PlacementParts {
            university_supervisor: Some(successor),
            ..parts
        });
        fixture.store(&world, &change).await.unwrap();
        assert!(!has_room(fixture, &world, successor).await);
        assert!(has_room(fixture, &world, world.university).await);
    }

    async fn several_changes_are_judged_by_where_they_lead(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let next = proposal(fixture, &world, world.university, days("2026-09-28", "2026-12-18")).await;
        fixture.store(&world, &next).await.unwrap();
        // The period is extended into a time in which the supervisor is full, and somebody else takes over.
        let longer = moved(fixture, &world, days("2026-07-06", "2026-10-09"));
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let outcome = Placement::from_parts(PlacementParts {
            period: days("2026-07-06", "2026-10-09"),
            university_supervisor: Some(successor),
            version: Version::new(3),
            ..world.parts(world.placement, world.student)
        })
        .unwrap();
        let then = PlacementChange { count: None, ..fixture.change(outcome.clone(), Some(Version::new(2))) };
        let first = PlacementChange { count: Some(StudentCount { outcome, caps: ONE }), ..longer };
        let mut unit = fixture.begin(world.scope()).await;
        for change in [first, then] {
            let trail = fixture.trail(Some(world.tenant), "placement.amend");
            unit.placement().save_placement(&change, &trail).await.unwrap();
        }
        unit.commit().await.unwrap();
        let freed = days("2026-07-06", "2026-09-27");
        assert_eq!(room_for_one(fixture, &world, world.university, freed).await, Ok(()));
        let taken = days("2026-10-09", "2026-12-18");
        assert_eq!(room_for_one(fixture, &world, successor, taken).await, full_on("2026-10-09"));
    }

    async fn a_placement_under_way_counts_until_today_when_its_last_day_has_passed(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let today: Instant = "2026-10-09T09:00:00Z".parse().unwrap();
        let on = async |period| {
            let mut change = proposal(fixture, &world, world.university, period).await;
            change.event.at = today;
            judged(try_only(fixture, &world, &change).await)
        };
        assert_eq!(on(days("2026-10-05", "2026-12-18")).await, full_on("2026-10-05"));
        assert_eq!(on(days("2026-10-09", "2026-12-18")).await, full_on("2026-10-09"));
        assert_eq!(on(days("2026-10-10", "2026-12-18")).await, Ok(()));
        // It has these days already when it is extended.
        let mut longer = moved(fixture, &world, days("2026-07-06", "2026-10-16"));
        longer.event.at = today;
        fixture.store(&world, &longer).await.unwrap();
        assert_eq!(on(days("2026-10-16", "2026-12-18")).await, full_on("2026-10-16"));
    }

    async fn two_who_place_one_student_go_one_after_the_other(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut first = fixture.begin(world.scope()).await;
        first.placement().hold_student(world.tenant, world.student).await.unwrap();
        let (database, scope) = (fixture.database.clone(), world.scope());
        let (tenant, student) = (world.tenant, world.student);
        let second = tokio::spawn(async move {
            let mut unit = database.begin(scope).await?;
            unit.placement().hold_student(tenant, student).await?;
            let beside = unit.placement().neighbours(tenant, student).await?;
            unit.commit().await?;
            Ok::<_, RepositoryError>(beside.len())
        });
        let placement = Placement::from_parts(world.parts(fixture.id(), world.student)).unwrap();
        let trail = fixture.trail(Some(world.tenant), "placement.propose");
        first.placement().save_placement(&fixture.change(placement, None), &trail).await.unwrap();
        assert!(!second.is_finished());
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap().unwrap(), 2);
    }
}
