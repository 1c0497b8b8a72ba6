//! How far a placement has come.

use ipt_domain::{
    id::PlacementId,
    identity::role::Role,
    logbook::{credit::DayOfCredit, hours::Minutes, kind::DayKind, state::StateName},
};
use ipt_ports::placement::DayOfProgress;

use super::{Place, create};
use crate::{
    placement::placements::progress::{self, Progress},
    tests::{at, date},
};

async fn week(place: &Place) -> PlacementId {
    let command = create::Command {
        start_date: date("2026-07-06"),
        ..place.supervised()
    };
    let id = place.approved(&command).await;
    let states = [
        ("2026-07-06", StateName::Validated, false),
        ("2026-07-07", StateName::IndustryVerified, false),
        ("2026-07-08", StateName::Submitted, true),
        ("2026-07-09", StateName::Flagged, false),
        ("2026-07-10", StateName::Draft, false),
    ];
    place.world.state().days = states
        .map(|(day, state, overdue)| {
            let minutes = Minutes::from_hours(8);
            let day = DayOfCredit {
                date: date(day),
                kind: DayKind::Worked,
                minutes,
            };
            (id, DayOfProgress { day, state, overdue })
        })
        .to_vec();
    place.world.clock.set(at("2026-07-10T08:00:00Z"));
    id
}

async fn read(place: &Place, user: ipt_domain::id::UserId, id: PlacementId) -> Progress {
    progress::execute(&place.world.services, &place.caller(user), id)
        .await
        .unwrap()
}

#[tokio::test]
async fn progress_adds_up_what_was_submitted_verified_and_validated() {
    let place = Place::new();
    let id = week(&place).await;
    let progress = read(&place, place.asha, id).await;
    assert_eq!(
        (progress.required.minutes, progress.required.days),
        (Minutes::from_hours(320), 40)
    );
    assert_eq!(
        (progress.submitted.minutes, progress.submitted.days),
        (Minutes::from_hours(32), 4)
    );
    assert_eq!(
        (
            progress.industry_verified.minutes,
            progress.industry_verified.days
        ),
        (Minutes::from_hours(16), 2)
    );
    assert_eq!(
        (progress.validated.minutes, progress.validated.days),
        (Minutes::from_hours(8), 1)
    );
    assert_eq!(progress.overdue, 1);
    assert!(progress.by_state.contains(&(StateName::Submitted, 1)));
    // 288 hours are missing; 32 took five working days.
    assert_eq!(progress.expected_completion, Some(date("2026-09-11")));
}

#[tokio::test]
async fn drafts_are_counted_for_their_student_only() {
    let place = Place::new();
    let id = week(&place).await;
    assert!(
        read(&place, place.asha, id)
            .await
            .by_state
            .contains(&(StateName::Draft, 1))
    );
    for user in [place.cora, place.salim, place.juma] {
        let progress = read(&place, user, id).await;
        assert!(
            progress
                .by_state
                .iter()
                .all(|(state, _)| *state != StateName::Draft)
        );
    }
}

#[tokio::test]
async fn progress_is_shown_to_the_people_of_the_placement_only() {
    let place = Place::new();
    let id = week(&place).await;
    let baraka = place.caller(place.world.with_roles("baraka", &[Role::Student]));
    let refusal = progress::execute(&place.world.services, &baraka, id)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}
