//! The directory: an organisation stands in it once, and each institution has its own relation to it.

use ipt_domain::placement::organisation::{Organisation, OrganisationDraft, OrganisationRelation};
use ipt_ports::{
    Constraint, Database as _, RepositoryError,
    page::{Direction, PageRequest, Sort},
    placement::{NameSort, Namesakes, OrganisationFilter},
};

use crate::support::{Fixture, on_every_database, seeds::at, world::World};

fn draft(name: &str, city: Option<&str>) -> OrganisationDraft {
    OrganisationDraft {
        name: name.to_owned(),
        city: city.map(str::to_owned),
        ..OrganisationDraft::default()
    }
}

fn organisation(fixture: &Fixture, name: &str, city: Option<&str>) -> Organisation {
    Organisation::create(fixture.id(), &draft(name, city)).unwrap()
}

/// Stores a new organisation, or one that was changed from the version before.
async fn save(
    fixture: &Fixture,
    world: &World,
    organisation: &Organisation,
    namesakes: Namesakes,
) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(world.scope()).await;
    let trail = fixture.trail(Some(world.tenant), "placement.organisation");
    let replaces = ipt_domain::version::Version::FIRST;
    let replaces = (organisation.version() != replaces).then_some(replaces);
    unit.placement()
        .save_organisation(organisation, replaces, namesakes, &trail)
        .await?;
    unit.commit().await
}

fn is_known(outcome: &Result<(), RepositoryError>) -> bool {
    matches!(
        outcome,
        Err(RepositoryError::Conflict(Constraint::OrganisationName))
    )
}

on_every_database! {
    async fn an_organisation_stands_in_the_directory_once_unless_another_is_made_on_purpose(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let first = organisation(fixture, "Kilimo Ümit", Some("Dar es Salaam"));
        save(fixture, &world, &first, Namesakes::Refused).await.unwrap();
        let again = organisation(fixture, "KILIMO ÜMIT", Some("dar es salaam"));
        let mut reader = fixture.read(world.scope()).await;
        assert_eq!(reader.placement().organisation_of_same_name(&again).await.unwrap(), Some(first.id()));
        drop(reader);
        let outcome = save(fixture, &world, &again, Namesakes::Refused).await;
        assert!(is_known(&outcome), "{outcome:?}");
        for (name, city) in [("Kilimo Ümit", None), ("Kilimo Ümit", Some("Arusha")), ("Kilimo", Some("Dar es Salaam"))] {
            save(fixture, &world, &organisation(fixture, name, city), Namesakes::Refused).await.unwrap();
        }

        save(fixture, &world, &again, Namesakes::Allowed).await.unwrap();
        let third = organisation(fixture, "Kilimo Ümit", Some("Dar es Salaam"));
        save(fixture, &world, &third, Namesakes::Allowed).await.unwrap();
        let mut reader = fixture.read(world.scope()).await;
        let fourth = organisation(fixture, "Kilimo Ümit", Some("Dar es Salaam"));
        assert_eq!(reader.placement().organisation_of_same_name(&fourth).await.unwrap(), Some(first.id()));
        // Those that stand there are in nobody's way.
        for known in [&first, &again, &third] {
            assert_eq!(reader.placement().organisation_of_same_name(known).await.unwrap(), None);
        }
    }

    async fn an_organisation_does_not_change_into_another_by_mistake(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let first = organisation(fixture, "Kilimo", Some("Arusha"));
        let second = organisation(fixture, "Kilimo", Some("Mwanza"));
        let third = organisation(fixture, "Kilimo", Some("Arusha"));
        save(fixture, &world, &first, Namesakes::Refused).await.unwrap();
        save(fixture, &world, &second, Namesakes::Refused).await.unwrap();
        save(fixture, &world, &third, Namesakes::Allowed).await.unwrap();
        let moved = second.clone().amended(&draft("Kilimo", Some("ARUSHA"))).unwrap();
        let outcome = save(fixture, &world, &moved, Namesakes::Refused).await;
        assert!(is_known(&outcome), "{outcome:?}");
        save(fixture, &world, &moved, Namesakes::Allowed).await.unwrap();
        // One that stands there beside another changes all the rest freely.
        let described = OrganisationDraft { sector: Some("farming".to_owned()), ..draft("KILIMO", Some("Arusha")) };
        let described = third.clone().amended(&described).unwrap();
        save(fixture, &world, &described, Namesakes::Refused).await.unwrap();
        let mut reader = fixture.read(world.scope()).await;
        let stored = reader.placement().organisation(third.id(), None).await.unwrap().unwrap();
        assert_eq!(stored.organisation, described);
    }

    async fn of_two_that_make_the_same_organisation_at_once_one_does(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let attempts = (0..2).map(|_| {
            let made = organisation(fixture, "Kilimo", None);
            let trail = fixture.trail(Some(world.tenant), "placement.organisation");
            let (database, scope) = (fixture.database.clone(), world.scope());
            tokio::spawn(async move {
                let mut unit = database.begin(scope).await?;
                unit.placement().save_organisation(&made, None, Namesakes::Refused, &trail).await?;
                unit.commit().await
            })
        });
        let outcomes = futures_util::future::join_all(attempts.collect::<Vec<_>>()).await;
        let (made, refused): (Vec<_>, Vec<_>) =
            outcomes.into_iter().map(|outcome| outcome.unwrap()).partition(Result::is_ok);
        assert_eq!(made.len(), 1);
        assert!(refused.iter().all(is_known), "{refused:?}");
    }

    async fn the_directory_shows_every_organisation_and_ones_own_relation_alone(fixture: &Fixture) {
        let (here, there) = (fixture.world("udsm").await, fixture.world("sua").await);
        let nobodys = organisation(fixture, "Kilimo", None);
        save(fixture, &here, &nobodys, Namesakes::Refused).await.unwrap();
        let filter = OrganisationFilter { tenant: Some(here.tenant), directory: true, ..OrganisationFilter::default() };
        let sort = Sort { field: NameSort::CreatedAt, direction: Direction::Ascending };
        let request = PageRequest { limit: 10, after: None, sort: vec![sort] };
        let mut reader = fixture.read(here.scope()).await;
        let page = reader.placement().organisation_page(&filter, &request).await.unwrap();
        let mut found: Vec<_> =
            page.items.iter().map(|view| (view.organisation.id(), view.relation.is_some())).collect();
        found.sort_unstable();
        let mut expected = [(here.organisation, true), (there.organisation, false), (nobodys.id(), false)];
        expected.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(reader.placement().organisation_count(&filter).await.unwrap(), 3);
        let named = OrganisationFilter { text: Some("KILI".to_owned()), ..filter };
        assert_eq!(reader.placement().organisation_count(&named).await.unwrap(), 1);
    }

    async fn a_relation_begins_once_and_is_changed_from_its_current_version(fixture: &Fixture) {
        let (here, there) = (fixture.world("udsm").await, fixture.world("sua").await);
        let begun = OrganisationRelation::begin(there.tenant, here.organisation, at("07:00:00"));
        let verified = begun.clone().verify(there.coordinator, at("08:00:00"));
        let save = async |relation: &OrganisationRelation, replaces| {
            let mut unit = fixture.begin(there.scope()).await;
            let trail = fixture.trail(Some(there.tenant), "placement.relation");
            unit.placement().save_relation(relation, replaces, &trail).await?;
            unit.commit().await
        };
        save(&begun, None).await.unwrap();
        let first = Some(begun.version());
        save(&verified, first).await.unwrap();
        // Who began it at the same time, or noted something on what was there before, must look again.
        let noted = begun.clone().described(None, ipt_domain::text::Remark::parse(Some("Pays late.")).unwrap());
        for (late, replaces) in [(&begun, None), (&noted, first)] {
            let outcome = save(late, replaces).await;
            assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
        }
        let mut reader = fixture.read(there.scope()).await;
        let stored = reader.placement().organisation(here.organisation, Some(there.tenant)).await.unwrap().unwrap();
        assert_eq!(stored.relation, Some(verified));
    }
}
