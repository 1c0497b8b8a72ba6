//! Changing details and supervisors.

use ipt_domain::{
    id::{OrganisationId, UserId},
    identity::role::Role,
    placement::{event::PlacementEventKind, mode::Mode, policy::PolicyDraft, state::PlacementStateName},
    version::Version,
};

use super::{Place, codes, conflicts, create};
use crate::{
    placement::{
        PlacementError,
        placements::{ShownPlacement, update},
    },
    tests::date,
};

async fn change(
    place: &Place,
    user: UserId,
    command: &update::Command,
) -> Result<ShownPlacement, PlacementError> {
    update::execute(&place.world.services, &place.caller(user), command).await
}

#[tokio::test]
async fn set_after_the_start_the_last_supervisor_lets_the_placement_begin() {
    let place = Place::new();
    let command = create::Command {
        industrial_supervisor_id: Some(place.salim),
        start_date: date("2026-07-06"),
        ..place.proposal()
    };
    let id = place.approved(&command).await;
    assert_eq!(place.state_of(id), PlacementStateName::Approved);
    let command = update::Command {
        university_supervisor_id: Some(Some(place.juma)),
        ..update::Command::of(id)
    };
    let shown = change(&place, place.cora, &command).await.unwrap();
    assert_eq!(shown.view.placement.state().name(), PlacementStateName::Active);
    assert_eq!(shown.view.university_supervisor_name.as_deref(), Some("juma"));
    assert_eq!(
        place.world.state().deeds()[2..],
        ["placement.assign_supervisor", "placement.activate"]
    );
}

#[tokio::test]
async fn a_supervisor_is_replaced_with_a_reason() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let rehema = place.world.with_roles("rehema", &[Role::UniversitySupervisor]);
    let mut command = update::Command {
        university_supervisor_id: Some(Some(rehema)),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.cora, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["comments_required"]);
    command.reason = Some("on leave".to_owned());
    change(&place, place.cora, &command).await.unwrap();
    let state = place.world.state();
    let event = state.placement_events.last().unwrap();
    assert!(
        matches!(event.kind, PlacementEventKind::SupervisorReplaced { predecessor, .. } if predecessor == place.juma)
    );
    let last = state.trail().pop().unwrap();
    assert_eq!(last.detail.unwrap().values["values"]["reason"], "on leave");
}

#[tokio::test]
async fn details_and_both_supervisors_change_in_one_request() {
    let place = Place::new();
    let id = place.proposed(&place.proposal()).await;
    let command = update::Command {
        seen: Some(Version::FIRST),
        industrial_supervisor_id: Some(Some(place.salim)),
        university_supervisor_id: Some(Some(place.juma)),
        mode: Some(Mode::Hybrid),
        end_date: Some(date("2026-10-09")),
        relationship_declared: Some(Some("an uncle".to_owned())),
        ..update::Command::of(id)
    };
    let shown = change(&place, place.asha, &command).await.unwrap();
    let placement = &shown.view.placement;
    assert_eq!(placement.mode(), Mode::Hybrid);
    assert_eq!(placement.period().end(), date("2026-10-09"));
    assert_eq!(placement.relationship_declared().unwrap().as_str(), "an uncle");
    assert_eq!(
        (
            placement.industrial_supervisor(),
            placement.university_supervisor()
        ),
        (Some(place.salim), Some(place.juma))
    );
    let versions: Vec<_> = place
        .world
        .state()
        .placement_events
        .iter()
        .map(|event| event.version.number())
        .collect();
    assert_eq!(versions, [1, 2, 3, 4]);
    let refusal = change(&place, place.asha, &command).await.unwrap_err();
    assert_eq!(refusal.code(), "stale_version");
}

#[tokio::test]
async fn an_extension_into_a_time_in_which_a_supervisor_is_full_needs_another_one() {
    let place = Place::under(PolicyDraft {
        students_per_university_supervisor: Some(1),
        ..PolicyDraft::default()
    });
    let id = place.approved(&place.supervised()).await;
    let next = create::Command {
        student_id: Some(place.world.with_roles("baraka", &[Role::Student])),
        start_date: date("2026-10-05"),
        end_date: date("2026-12-18"),
        ..place.supervised()
    };
    place.proposed(&next).await;
    let mut command = update::Command {
        end_date: Some(date("2026-10-09")),
        reason: Some("on leave".to_owned()),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.cora, &command).await.unwrap_err();
    let expected = "on 2026-10-05 this supervisor's students number 1 already, and the programme allows 1";
    assert_eq!(
        conflicts(&refusal),
        [("/university_supervisor_id", expected.to_owned())]
    );
    // Whoever is replaced along with it need not have room.
    let rehema = place.world.with_roles("rehema", &[Role::UniversitySupervisor]);
    command.university_supervisor_id = Some(Some(rehema));
    let shown = change(&place, place.cora, &command).await.unwrap();
    assert_eq!(shown.view.placement.period().end(), date("2026-10-09"));
    assert_eq!(shown.view.placement.university_supervisor(), Some(rehema));
}

#[tokio::test]
async fn what_is_wrong_with_details_and_supervisors_is_told_together() {
    let place = Place::new();
    let id = place.proposed(&place.proposal()).await;
    let command = update::Command {
        industrial_supervisor_id: Some(Some(place.juma)),
        end_date: Some(date("2026-07-17")),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.cora, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["placement_length", "supervisor_not_eligible"]);
    assert_eq!(place.world.state().placement_events.len(), 1);
    let reversed = update::Command {
        end_date: Some(date("2026-07-01")),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.cora, &reversed).await.unwrap_err();
    assert_eq!(codes(&refusal), ["period_reversed"]);
}

#[tokio::test]
async fn shortening_is_refused_while_entries_would_fall_outside() {
    let place = Place::new();
    let id = place.active().await;
    place.turn_to("2026-10-01");
    place.submit(id, "2026-10-01").await;
    let command = update::Command {
        end_date: Some(date("2026-09-30")),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.cora, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["entries_outside_period"]);
    assert!(refusal.to_string().contains("2026-10-01"), "{refusal}");
}

#[tokio::test]
async fn a_request_that_changes_nothing_tells_strangers_nothing_either() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let nothing = update::Command::of(id);
    let same = update::Command {
        university_supervisor_id: Some(Some(place.juma)),
        ..update::Command::of(id)
    };
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    for command in [&nothing, &same] {
        change(&place, place.cora, command).await.unwrap();
        let refusal = change(&place, baraka, command).await.unwrap_err();
        assert_eq!(refusal.code(), "not_your_placement");
    }
    assert_eq!(place.world.state().placement_events.len(), 2);
}

#[tokio::test]
async fn a_student_changes_nothing_once_it_is_approved() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let command = update::Command {
        mode: Some(Mode::Remote),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.asha, &command).await.unwrap_err();
    assert_eq!(refusal.code(), "invalid_transition");
}

/// Another organisation that the institution deals with, and a supervisor there.
fn another_host(place: &Place) -> (OrganisationId, UserId) {
    let host = place.world.organisation("DAWASA");
    let rashid = place.world.person("rashid");
    let tenant = Some(place.world.tenant);
    place
        .world
        .member_of(rashid, tenant, Some(host), &[Role::IndustrialSupervisor]);
    (host, rashid)
}

#[tokio::test]
async fn a_proposal_moves_to_another_host_with_its_supervisor() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    let (host, rashid) = another_host(&place);
    let mut command = update::Command {
        organisation_id: Some(host),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.asha, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["supervisor_not_eligible"]);
    command.industrial_supervisor_id = Some(Some(rashid));
    let refusal = change(&place, place.asha, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["comments_required"]);
    command.reason = Some("the first host withdrew".to_owned());
    let shown = change(&place, place.asha, &command).await.unwrap();
    let placement = &shown.view.placement;
    assert_eq!(placement.organisation_id(), host);
    assert_eq!(placement.industrial_supervisor(), Some(rashid));
    assert_eq!(placement.university_supervisor(), Some(place.juma));
    assert_eq!(place.world.state().placement_events.len(), 2, "one change");
}

#[tokio::test]
async fn a_proposal_moves_to_another_host_and_leaves_the_supervisor_open() {
    let place = Place::new();
    let id = place.proposed(&place.supervised()).await;
    let (host, _) = another_host(&place);
    let mut command = update::Command {
        organisation_id: Some(host),
        industrial_supervisor_id: Some(None),
        university_supervisor_id: Some(None),
        reason: Some("the first host withdrew".to_owned()),
        ..update::Command::of(id)
    };
    let shown = change(&place, place.asha, &command).await.unwrap();
    let placement = &shown.view.placement;
    assert_eq!(placement.organisation_id(), host);
    assert_eq!(
        (
            placement.industrial_supervisor(),
            placement.university_supervisor()
        ),
        (None, None)
    );
    // What is open already can be left open: nothing changes.
    command.reason = None;
    change(&place, place.asha, &command).await.unwrap();
    assert_eq!(place.world.state().placement_events.len(), 2);
}

#[tokio::test]
async fn a_supervisor_of_the_host_that_is_left_cannot_be_named_at_the_new_one() {
    let place = Place::new();
    let id = place.proposed(&place.proposal()).await;
    let (host, _) = another_host(&place);
    let command = update::Command {
        organisation_id: Some(host),
        industrial_supervisor_id: Some(Some(place.salim)),
        ..update::Command::of(id)
    };
    let refusal = change(&place, place.asha, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["supervisor_not_eligible"]);
}
