//! The directory of organisations, and taking one up.

use ipt_domain::{id::OrganisationId, identity::role::Role, placement::organisation::OrganisationDraft};
use ipt_ports::placement::NameSort;
use uuid::Uuid;

use super::Place;
use crate::{
    Caller,
    placement::{
        PlacementError,
        organisations::{create, directory, get, take_up, update},
    },
    tests::first_page,
};

/// A coordinator of another institution.
fn stranger(place: &Place) -> Caller {
    let suza = place.world.institution("suza");
    let stranger = place.world.person("stranger");
    place.world.member(stranger, Some(suza), &[Role::Coordinator]);
    place.world.caller_in(stranger, Some(suza))
}

fn command(name: &str) -> create::Command {
    let draft = OrganisationDraft {
        name: name.to_owned(),
        ..OrganisationDraft::default()
    };
    create::Command {
        draft,
        confirm_distinct: false,
    }
}

#[tokio::test]
async fn another_institution_finds_an_organisation_and_takes_it_up_for_itself() {
    let place = Place::new();
    let services = &place.world.services;
    let cora = place.caller(place.cora);
    let noted = update::Command {
        notes: Some(Some("slow to answer".to_owned())),
        ..update::Command::default()
    };
    update::execute(services, &cora, place.organisation, &noted)
        .await
        .unwrap();
    let stranger = stranger(&place);
    let search = directory::Command {
        sector: None,
        city: None,
        text: None,
        page: first_page(NameSort::Name),
        count: false,
    };
    let (page, _) = directory::execute(services, &stranger, search.clone())
        .await
        .unwrap();
    assert_eq!(page.items[0].organisation.id(), place.organisation);
    assert!(!page.items[0].related);

    let taken = take_up::execute(services, &stranger, place.organisation, None)
        .await
        .unwrap();
    let relation = taken.view.relation.unwrap();
    assert!(taken.begun && !relation.is_verified() && relation.notes().is_none());
    let again = take_up::execute(services, &stranger, place.organisation, None)
        .await
        .unwrap();
    assert!(!again.begun);
    assert_eq!(again.view.relation.unwrap(), relation);
    let (page, _) = directory::execute(services, &stranger, search).await.unwrap();
    assert!(page.items[0].related);
    let ours = get::execute(services, &cora, place.organisation).await.unwrap();
    assert!(ours.relation.unwrap().is_verified());
    let state = place.world.state();
    assert_eq!(
        state
            .deeds()
            .iter()
            .filter(|deed| **deed == "placement.begin_relation")
            .count(),
        1
    );
}

#[tokio::test]
async fn only_those_who_deal_with_organisations_take_one_up() {
    let place = Place::new();
    let services = &place.world.services;
    for user in [place.asha, place.salim, place.juma] {
        let refusal = take_up::execute(services, &place.caller(user), place.organisation, None).await;
        assert_eq!(refusal.unwrap_err().code(), "forbidden");
    }
    let nowhere = OrganisationId::new(Uuid::from_u128(97));
    let refusal = take_up::execute(services, &place.caller(place.cora), nowhere, None).await;
    assert_eq!(refusal.unwrap_err().code(), "not_found");
}

#[tokio::test]
async fn an_organisation_that_is_known_is_made_again_only_on_purpose() {
    let place = Place::new();
    let services = &place.world.services;
    let stranger = stranger(&place);
    let mut same = command("tanesco");
    let refusal = create::execute(services, &stranger, &same).await.unwrap_err();
    assert!(matches!(refusal, PlacementError::OrganisationExists(known) if known == place.organisation));
    same.confirm_distinct = true;
    let made = create::execute(services, &stranger, &same).await.unwrap();
    assert_ne!(made.organisation.id(), place.organisation);

    let other = create::execute(services, &stranger, &command("Vodacom"))
        .await
        .unwrap();
    let mut rename = update::Command {
        name: Some("TANESCO".to_owned()),
        ..update::Command::default()
    };
    let id = other.organisation.id();
    let refusal = update::execute(services, &stranger, id, &rename)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "organisation_exists");
    rename.confirm_distinct = true;
    let renamed = update::execute(services, &stranger, id, &rename).await.unwrap();
    assert_eq!(renamed.organisation.name(), "TANESCO");
}

#[tokio::test]
async fn who_takes_up_while_somebody_else_does_finds_it_taken_up() {
    let place = Place::new();
    let stranger = stranger(&place);
    place.world.database.lose_races(2);
    let taken = take_up::execute(&place.world.services, &stranger, place.organisation, None).await;
    assert!(taken.unwrap().begun);
}
