//! Organisations and their sites.

use ipt_domain::{
    id::UserId, identity::role::Role, placement::organisation::OrganisationDraft, version::Version,
};
use ipt_ports::placement::NameSort;

use super::{Place, codes};
use crate::{
    placement::{
        organisations::{create, get, list, update, verify},
        sites::{self, AreaInput, Coordinates, SiteInput},
    },
    tests::first_page,
};

fn named(name: &str) -> create::Command {
    let draft = OrganisationDraft {
        name: name.to_owned(),
        ..OrganisationDraft::default()
    };
    create::Command {
        draft,
        confirm_distinct: false,
    }
}

fn boss_of(place: &Place) -> UserId {
    let boss = place.world.person("boss");
    let tenant = Some(place.world.tenant);
    place
        .world
        .member_of(boss, tenant, Some(place.organisation), &[Role::OrganisationAdmin]);
    boss
}

#[tokio::test]
async fn a_coordinator_adds_an_organisation_and_verifies_it_for_the_own_institution() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    let made = create::execute(&place.world.services, &cora, &named("Vodacom"))
        .await
        .unwrap();
    let id = made.organisation.id();
    assert!(!made.relation.unwrap().is_verified());
    let stale = verify::execute(&place.world.services, &cora, id, Some(Version::new(9))).await;
    assert_eq!(stale.unwrap_err().code(), "stale_version");
    let verified = verify::execute(&place.world.services, &cora, id, None)
        .await
        .unwrap();
    assert_eq!(verified.relation.unwrap().verified().unwrap().by, place.cora);
    verify::execute(&place.world.services, &cora, id, None)
        .await
        .unwrap();
    assert_eq!(
        place.world.state().deeds(),
        [
            "placement.create_organisation",
            "placement.begin_relation",
            "placement.verify_organisation"
        ]
    );
    let refusal = create::execute(&place.world.services, &place.caller(place.asha), &named("X")).await;
    assert_eq!(refusal.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn an_organisation_without_a_relation_to_the_institution_does_not_exist() {
    let place = Place::new();
    let suza = place.world.institution("suza");
    let stranger = place.world.person("stranger");
    place.world.member(stranger, Some(suza), &[Role::Coordinator]);
    let stranger = place.world.caller_in(stranger, Some(suza));
    let answers = [
        get::execute(&place.world.services, &stranger, place.organisation)
            .await
            .map(drop),
        verify::execute(&place.world.services, &stranger, place.organisation, None)
            .await
            .map(drop),
        sites::list::execute(
            &place.world.services,
            &stranger,
            place.organisation,
            &first_page(NameSort::Name),
            false,
        )
        .await
        .map(drop),
    ];
    for answer in answers {
        assert_eq!(answer.unwrap_err().code(), "not_found");
    }
}

#[tokio::test]
async fn contacts_and_notes_are_for_the_institutions_people() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    let command = update::Command {
        city: Some(Some("Dodoma".to_owned())),
        notes: Some(Some("slow to answer".to_owned())),
        ..update::Command::default()
    };
    let view = update::execute(&place.world.services, &cora, place.organisation, &command)
        .await
        .unwrap();
    assert_eq!(view.organisation.city(), Some("Dodoma"));
    assert_eq!(view.relation.unwrap().notes().unwrap().as_str(), "slow to answer");
    let asha = place.caller(place.asha);
    let seen = get::execute(&place.world.services, &asha, place.organisation)
        .await
        .unwrap();
    assert!(seen.relation.unwrap().notes().is_none());
    let command = list::Command {
        verified: None,
        sector: None,
        city: None,
        text: None,
        page: first_page(NameSort::Name),
        count: false,
    };
    let (page, _) = list::execute(&place.world.services, &asha, command)
        .await
        .unwrap();
    assert!(page.items[0].relation.as_ref().unwrap().notes().is_none());
}

#[tokio::test]
async fn an_organisations_administrator_keeps_its_profile_and_not_the_relation() {
    let place = Place::new();
    let boss = place.caller(boss_of(&place));
    let profile = update::Command {
        website: Some(Some("https://tanesco.example".to_owned())),
        ..Default::default()
    };
    update::execute(&place.world.services, &boss, place.organisation, &profile)
        .await
        .unwrap();
    let relation = update::Command {
        notes: Some(Some("we are great".to_owned())),
        ..Default::default()
    };
    let refusal = update::execute(&place.world.services, &boss, place.organisation, &relation).await;
    assert_eq!(refusal.unwrap_err().code(), "forbidden");
    let refusal = verify::execute(&place.world.services, &boss, place.organisation, None).await;
    assert_eq!(refusal.unwrap_err().code(), "forbidden");
    let wrong = update::Command {
        name: Some(" ".to_owned()),
        website: Some(Some("javascript:alert(1)".to_owned())),
        ..Default::default()
    };
    let refusal = update::execute(&place.world.services, &boss, place.organisation, &wrong)
        .await
        .unwrap_err();
    assert_eq!(codes(&refusal), ["text_required", "website_invalid"]);
    let salim = place.caller(place.salim);
    let refusal = update::execute(&place.world.services, &salim, place.organisation, &profile).await;
    assert_eq!(refusal.unwrap_err().code(), "forbidden");
}

fn office() -> SiteInput {
    SiteInput {
        name: Some("Ubungo office".to_owned()),
        timezone: Some(Some("Africa/Dar_es_Salaam".to_owned())),
        position: Some(Some(Coordinates {
            lat: -6.79,
            lng: 39.2,
        })),
        geofence: Some(Some(AreaInput::Radius(150))),
        ..SiteInput::default()
    }
}

#[tokio::test]
async fn a_site_of_a_coordinator_is_the_institutions_and_one_of_the_organisation_is_shared() {
    let place = Place::new();
    let (cora, boss) = (place.caller(place.cora), place.caller(boss_of(&place)));
    let own = sites::create::execute(&place.world.services, &cora, place.organisation, &office())
        .await
        .unwrap();
    assert_eq!(own.owner(), Some(place.world.tenant));
    let shared = sites::create::execute(&place.world.services, &boss, place.organisation, &office())
        .await
        .unwrap();
    assert_eq!(shared.owner(), None);
    let rename = |site: &ipt_domain::placement::site::Site| sites::update::Command {
        id: site.id(),
        seen: None,
        input: SiteInput {
            name: Some("Renamed".to_owned()),
            ..SiteInput::default()
        },
    };
    let renamed = sites::update::execute(&place.world.services, &cora, &rename(&own))
        .await
        .unwrap();
    assert_eq!((renamed.name(), renamed.position()), ("Renamed", own.position()));
    for (caller, site) in [(&cora, &shared), (&boss, &own)] {
        let refusal = sites::update::execute(&place.world.services, caller, &rename(site))
            .await
            .unwrap_err();
        assert_eq!(refusal.code(), "forbidden");
    }
    sites::update::execute(&place.world.services, &boss, &rename(&shared))
        .await
        .unwrap();
    let refusal = sites::create::execute(
        &place.world.services,
        &place.caller(place.asha),
        place.organisation,
        &office(),
    )
    .await
    .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
}

#[tokio::test]
async fn what_is_wrong_with_a_site_is_told_together() {
    let place = Place::new();
    let cora = place.caller(place.cora);
    let input = SiteInput {
        name: None,
        timezone: Some(Some("Mars/Olympus".to_owned())),
        position: Some(Some(Coordinates { lat: 91.0, lng: 0.0 })),
        geofence: Some(Some(AreaInput::Polygon(vec![Coordinates {
            lat: 0.0,
            lng: 181.0,
        }]))),
        ..SiteInput::default()
    };
    let refusal = sites::create::execute(&place.world.services, &cora, place.organisation, &input)
        .await
        .unwrap_err();
    assert_eq!(
        codes(&refusal),
        [
            "timezone_unknown",
            "position_out_of_range",
            "position_out_of_range",
            "text_required"
        ]
    );
    assert!(place.world.state().sites.is_empty());
}
