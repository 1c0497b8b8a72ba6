//! From one state to another.

use ipt_domain::{
    logbook::transition::StepKind,
    placement::{
        organisation::OrganisationRelation, policy::PolicyDraft, programme::ProgrammeChanges,
        state::PlacementStateName as S,
    },
    version::Version,
};

use super::{Place, Step, codes, create, step};
use crate::{
    placement::{PlacementError, programmes},
    tests::{approve, date},
};

#[tokio::test]
async fn a_placement_is_mended_approved_and_runs_its_course() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    let (cora, asha) = (place.cora, place.asha);
    place.take(cora, id, Step::RequestChanges).await.unwrap();
    assert_eq!(place.state_of(id), S::ChangesRequested);
    place.take(asha, id, Step::Resubmit).await.unwrap();
    place.take(cora, id, Step::Approve).await.unwrap();
    assert_eq!(place.state_of(id), S::Approved, "its first day lies ahead");
    let early = place.take(cora, id, Step::Activate).await.unwrap_err();
    assert_eq!(codes(&early), ["placement_not_started"]);
    place.world.clock.advance(chrono::TimeDelta::days(7));
    place.take(cora, id, Step::Activate).await.unwrap();
    let twice = place.take(cora, id, Step::Activate).await.unwrap_err();
    assert_eq!(twice.code(), "invalid_transition");
    place.take(cora, id, Step::Suspend).await.unwrap();
    place.take(cora, id, Step::Resume).await.unwrap();
    let step = Step::Terminate {
        effective_date: Some(date("2026-07-20")),
    };
    let shown = place.take(cora, id, step).await.unwrap();
    assert!(shown.view.placement.state().name().is_final());
    assert_eq!(
        place.world.state().deeds(),
        [
            "placement.propose",
            "placement.request_changes",
            "placement.resubmit",
            "placement.approve",
            "placement.activate",
            "placement.suspend",
            "placement.resume",
            "placement.terminate"
        ]
    );
    assert_eq!(place.world.state().outbox.len(), 8);
}

#[tokio::test]
async fn approved_after_its_start_it_begins_at_once() {
    let place = Place::new();
    let command = create::Command {
        start_date: date("2026-07-06"),
        ..place.supervised()
    };
    let id = place.approved(&command).await;
    assert_eq!(place.state_of(id), S::Active);
    let state = place.world.state();
    assert_eq!(
        state.deeds(),
        ["placement.propose", "placement.approve", "placement.activate"]
    );
    assert_eq!(state.placement_events[2].by, None);
    let by: Vec<_> = state.records.values().map(|record| record.actor).collect();
    assert_eq!(by[1..], [Some(place.cora), None]);
}

#[tokio::test]
async fn the_day_of_the_start_is_judged_at_the_workplace() {
    let place = Place::new();
    let command = create::Command {
        start_date: date("2026-07-07"),
        ..place.supervised()
    };
    place.world.clock.set("2026-07-06T20:59:59Z".parse().unwrap());
    let id = place.approved(&command).await;
    assert_eq!(place.state_of(id), S::Approved);
    place.world.clock.set("2026-07-06T21:00:00Z".parse().unwrap());
    place.take(place.cora, id, Step::Activate).await.unwrap();
    assert_eq!(place.state_of(id), S::Active);
}

#[tokio::test]
async fn only_verified_organisations_host() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    let since = place.world.clock_now();
    let unverified = OrganisationRelation::begin(place.world.tenant, place.organisation, since);
    let key = (place.world.tenant, place.organisation);
    place
        .world
        .database
        .change(|state| state.relations.insert(key, unverified));
    let refusal = place.take(place.cora, id, Step::Approve).await.unwrap_err();
    assert_eq!(codes(&refusal), ["organisation_not_verified"]);
}

#[tokio::test]
async fn a_step_is_for_those_whose_it_is() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    for user in [place.asha, place.salim, place.juma] {
        let refusal = place.take(user, id, Step::Approve).await.unwrap_err();
        assert_eq!(refusal.code(), "forbidden");
    }
    let refusal = place.take(place.cora, id, Step::Withdraw).await.unwrap_err();
    assert_ne!(refusal.code(), "invalid_transition");
    place.take(place.asha, id, Step::Withdraw).await.unwrap();
    assert_eq!(place.state_of(id), S::Withdrawn);
}

#[tokio::test]
async fn a_stale_version_a_wrong_person_and_an_illegal_action_are_told_in_their_order() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let command = |seen| step::Command {
        id,
        seen: Some(seen),
        step: Step::Approve,
        reason: None,
    };
    let answer = |user, seen| {
        let (caller, command) = (place.caller(user), command(seen));
        let services = &place.world.services;
        async move {
            step::execute(services, &caller, &command)
                .await
                .unwrap_err()
                .code()
        }
    };
    assert_eq!(answer(place.juma, Version::FIRST).await, "forbidden");
    assert_eq!(answer(place.cora, Version::FIRST).await, "stale_version");
    assert_eq!(answer(place.cora, Version::new(2)).await, "invalid_transition");
}

#[tokio::test]
async fn the_loser_of_a_race_is_told_the_new_state() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    place.world.database.lose_races(1);
    place.take(place.cora, id, Step::Approve).await.unwrap();
    assert_eq!(
        place.world.state().placement_events.len(),
        2,
        "the attempt that lost left nothing"
    );
    let refusal = place
        .take(place.cora, id, Step::RequestChanges)
        .await
        .unwrap_err();
    let PlacementError::Refusal(refusal) = refusal else {
        panic!("{refusal}")
    };
    assert!(refusal.to_string().contains("approved"), "{refusal}");
}

#[tokio::test]
async fn reasons_are_needed_where_the_rules_ask_for_them() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    let command = step::Command {
        id,
        seen: None,
        step: Step::RequestChanges,
        reason: Some("   ".to_owned()),
    };
    let caller = place.caller(place.cora);
    let refusal = step::execute(&place.world.services, &caller, &command)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["comments_required"]);
    let overlong = step::Command {
        reason: Some("x".repeat(2_001)),
        ..command
    };
    let refusal = step::execute(&place.world.services, &caller, &overlong)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["text_too_long"]);
}

#[tokio::test]
async fn a_placement_is_completed_when_everything_is_validated_and_nothing_awaits_a_decision() {
    let place = Place::new();
    let changes = ProgrammeChanges {
        required_hours: Some(16.0),
        required_days: Some(2),
        ..ProgrammeChanges::default()
    };
    let command = programmes::update::Command {
        id: place.programme,
        seen: None,
        changes,
    };
    programmes::update::execute(&place.world.services, &place.caller(place.cora), &command)
        .await
        .unwrap();
    let id = place.active().await;
    place.validated(id, "2026-07-06").await;
    place.turn_to("2026-07-07");
    let second = place.submit(id, "2026-07-07").await;
    let refusal = place.take(place.cora, id, Step::Complete).await.unwrap_err();
    assert_eq!(codes(&refusal), ["open_entries", "hours_missing", "days_missing"]);
    place.decide(place.salim, second, approve()).await;
    place.decide(place.juma, second, StepKind::Validate).await;
    place.take(place.cora, id, Step::Complete).await.unwrap();
    assert_eq!(place.state_of(id), S::Completed);
}

#[tokio::test]
async fn an_approved_placement_keeps_the_policy_under_which_it_was() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let changes = ProgrammeChanges {
        policy: PolicyDraft {
            min_days: Some(100),
            ..PolicyDraft::default()
        },
        ..ProgrammeChanges::default()
    };
    let command = programmes::update::Command {
        id: place.programme,
        seen: None,
        changes,
    };
    let caller = place.caller(place.cora);
    let updated = programmes::update::execute(&place.world.services, &caller, &command)
        .await
        .unwrap();
    assert_eq!(updated.policy_keys, ["min_days"]);
    assert_eq!(updated.placements_on_earlier_policies, 1);
    // 82 days are enough by the policy that it keeps.
    let shorter = crate::placement::placements::update::Command {
        end_date: Some(date("2026-09-30")),
        ..crate::placement::placements::update::Command::of(id)
    };
    let shown = crate::placement::placements::update::execute(&place.world.services, &caller, &shorter).await;
    assert_eq!(shown.unwrap().view.placement.policy_version().number(), 1);
}
