//! Proposing a placement.

use ipt_domain::{
    id::{OrganisationId, ProgrammeId, SiteId, UserId},
    identity::role::Role,
    placement::{policy::PolicyDraft, state::PlacementStateName},
};
use ipt_ports::placement::PlacementSort;
use uuid::Uuid;

use super::{Place, codes, conflicts, create};
use crate::{
    placement::placements::{get, list},
    tests::{date, first_page},
};

#[tokio::test]
async fn a_student_brings_an_own_placement() {
    let place = Place::new();
    let command = create::Command {
        student_id: None,
        ..place.proposal()
    };
    let shown = place.propose(place.asha, &command).await.unwrap();
    let placement = &shown.view.placement;
    assert_eq!(placement.student_id(), place.asha);
    assert_eq!(placement.state().name(), PlacementStateName::Proposed);
    assert_eq!(shown.view.organisation_name, "TANESCO");
    let state = place.world.state();
    assert_eq!(state.deeds(), ["placement.propose"]);
    assert_eq!(
        state.outbox.keys().next().unwrap().uuid(),
        state.placement_events[0].id.uuid()
    );
}

#[tokio::test]
async fn a_student_brings_nobody_elses_placement_and_a_supervisor_none() {
    let place = Place::new();
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let refusal = place.propose(baraka, &place.proposal()).await.unwrap_err();
    assert_eq!(refusal.code(), "not_your_placement");
    let refusal = place.propose(place.juma, &place.proposal()).await.unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}

#[tokio::test]
async fn things_that_are_not_the_institutions_are_told_together() {
    let place = Place::new();
    let nowhere = Uuid::from_u128(99);
    let command = create::Command {
        student_id: Some(place.juma),
        programme_id: ProgrammeId::new(nowhere),
        organisation_id: OrganisationId::new(nowhere),
        site_id: Some(SiteId::new(nowhere)),
        start_date: date("2026-10-02"),
        end_date: date("2026-07-13"),
        ..place.proposal()
    };
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    assert_eq!(
        codes(&refusal),
        [
            "student_unknown",
            "programme_unknown",
            "organisation_unknown",
            "site_unknown",
            "period_reversed"
        ]
    );
}

#[tokio::test]
async fn every_broken_guard_is_told() {
    let place = Place::new();
    let stranger = UserId::new(Uuid::from_u128(98));
    let command = create::Command {
        industrial_supervisor_id: Some(stranger),
        university_supervisor_id: Some(place.salim),
        start_date: date("2026-12-28"),
        end_date: date("2027-01-08"),
        ..place.proposal()
    };
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    assert_eq!(
        codes(&refusal),
        [
            "outside_programme_window",
            "placement_length",
            "supervisor_not_eligible",
            "supervisor_not_eligible"
        ]
    );
    assert!(place.world.state().placements.is_empty());
}

#[tokio::test]
async fn an_industrial_supervisor_is_of_the_organisation_that_hosts() {
    let place = Place::new();
    let other = place.world.organisation("Vodacom");
    let neema = place.world.person("neema");
    place.world.member_of(
        neema,
        Some(place.world.tenant),
        Some(other),
        &[Role::IndustrialSupervisor],
    );
    let mut command = create::Command {
        industrial_supervisor_id: Some(neema),
        ..place.proposal()
    };
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    assert_eq!(codes(&refusal), ["supervisor_not_eligible"]);
    command.industrial_supervisor_id = Some(place.salim);
    place.propose(place.cora, &command).await.unwrap();
}

#[tokio::test]
async fn a_second_placement_at_the_same_time_overlaps() {
    let place = Place::new();
    place.proposed(&place.proposal()).await;
    let again = create::Command {
        start_date: date("2026-10-02"),
        end_date: date("2026-12-18"),
        ..place.proposal()
    };
    let refusal = place.propose(place.cora, &again).await.unwrap_err();
    assert_eq!(codes(&refusal), ["overlap"]);
    let afterwards = create::Command {
        start_date: date("2026-10-03"),
        ..again
    };
    place.propose(place.cora, &afterwards).await.unwrap();
}

#[tokio::test]
async fn a_supervisor_has_no_more_students_than_the_programme_allows() {
    let policy = PolicyDraft {
        students_per_industrial_supervisor: Some(1),
        ..PolicyDraft::default()
    };
    let place = Place::under(policy);
    place.proposed(&place.supervised()).await;
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let neighbour = place.world.with_roles("neighbour", &[Role::UniversitySupervisor]);
    let mut command = create::Command {
        student_id: Some(baraka),
        ..place.supervised()
    };
    command.university_supervisor_id = None;
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    let expected = "on 2026-07-13 this supervisor's students number 1 already, and the programme allows 1";
    assert_eq!(
        conflicts(&refusal),
        [("/industrial_supervisor_id", expected.to_owned())]
    );
    // The other supervisor has room.
    command.university_supervisor_id = Some(neighbour);
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    assert_eq!(
        conflicts(&refusal),
        [("/industrial_supervisor_id", expected.to_owned())]
    );
    // Planned for the time afterwards, nobody has too many.
    command.start_date = date("2026-10-03");
    command.end_date = date("2026-12-18");
    place.propose(place.cora, &command).await.unwrap();
}

#[tokio::test]
async fn a_university_supervisor_who_is_full_is_told_by_the_own_field() {
    let policy = PolicyDraft {
        students_per_university_supervisor: Some(1),
        ..PolicyDraft::default()
    };
    let place = Place::under(policy);
    place.proposed(&place.supervised()).await;
    let command = create::Command {
        student_id: Some(place.world.with_roles("baraka", &[Role::Student])),
        start_date: date("2026-10-02"),
        end_date: date("2026-12-18"),
        ..place.supervised()
    };
    let refusal = place.propose(place.cora, &command).await.unwrap_err();
    let expected = "on 2026-10-02 this supervisor's students number 1 already, and the programme allows 1";
    assert_eq!(
        conflicts(&refusal),
        [("/university_supervisor_id", expected.to_owned())]
    );
}

#[tokio::test]
async fn a_placement_is_seen_by_its_people_and_the_coordinators_only() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    for user in [place.cora, place.asha, place.salim, place.juma] {
        get::execute(&place.world.services, &place.caller(user), id)
            .await
            .unwrap();
    }
    let refusal = get::execute(&place.world.services, &place.caller(baraka), id)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    let suza = place.world.institution("suza");
    let stranger = place.world.person("stranger");
    place.world.member(stranger, Some(suza), &[Role::Coordinator]);
    let stranger = place.world.caller_in(stranger, Some(suza));
    let refusal = get::execute(&place.world.services, &stranger, id)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "not_found");
}

#[tokio::test]
async fn an_industrial_supervisor_meets_the_students_of_every_institution_served() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let suza = place.world.institution("suza");
    place.world.member_of(
        place.salim,
        Some(suza),
        Some(place.organisation),
        &[Role::IndustrialSupervisor],
    );
    let there = place.world.caller_in(place.salim, Some(suza));
    get::execute(&place.world.services, &there, id).await.unwrap();
    let command = list::Command {
        states: Vec::new(),
        student_id: None,
        organisation_id: None,
        programme_id: None,
        supervisor_id: None,
        page: first_page(PlacementSort::StartDate),
        count: true,
    };
    let (page, total) = list::execute(&place.world.services, &there, command.clone())
        .await
        .unwrap();
    assert_eq!((page.items.len(), total), (1, Some(1)));
    let baraka = place.caller(place.world.with_roles("baraka", &[Role::Student]));
    let (page, _) = list::execute(&place.world.services, &baraka, command.clone())
        .await
        .unwrap();
    assert!(page.items.is_empty());
    let boss = place.world.person("boss");
    let tenant = Some(place.world.tenant);
    place
        .world
        .member_of(boss, tenant, Some(place.organisation), &[Role::OrganisationAdmin]);
    let refusal = list::execute(&place.world.services, &place.caller(boss), command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}
