//! How far a placement has come.

use ipt_domain::{
    id::PlacementId,
    identity::role::Role,
    logbook::{hours::Minutes, state::StateName, transition::StepKind},
    placement::policy::PolicyDraft,
};

use super::Place;
use crate::{
    placement::placements::progress::{self, Progress},
    tests::{approve, date},
};

/// A placement after its first week: a day is validated, one verified, one overdue, one flagged, and one taken
/// back into a draft.
async fn week() -> (Place, PlacementId) {
    let place = Place::under(PolicyDraft {
        industry_review_days: Some(1),
        ..PolicyDraft::default()
    });
    let id = place.active().await;
    place.validated(id, "2026-07-06").await;
    place.turn_to("2026-07-07");
    let verified = place.submit(id, "2026-07-07").await;
    place.decide(place.salim, verified, approve()).await;
    place.turn_to("2026-07-08");
    place.submit(id, "2026-07-08").await;
    place.turn_to("2026-07-09");
    let flagged = place.submit(id, "2026-07-09").await;
    place.decide(place.salim, flagged, approve()).await;
    place.decide(place.juma, flagged, StepKind::Flag).await;
    place.turn_to("2026-07-10");
    let recalled = place.submit(id, "2026-07-10").await;
    place.decide(place.asha, recalled, StepKind::Recall).await;
    (place, id)
}

async fn read(place: &Place, user: ipt_domain::id::UserId, id: PlacementId) -> Progress {
    progress::execute(&place.world.services, &place.caller(user), id)
        .await
        .unwrap()
}

#[tokio::test]
async fn progress_adds_up_what_was_submitted_verified_and_validated() {
    let (place, id) = week().await;
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
    let (place, id) = week().await;
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
    let (place, id) = week().await;
    let baraka = place.caller(place.world.with_roles("baraka", &[Role::Student]));
    let refusal = progress::execute(&place.world.services, &baraka, id)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}
