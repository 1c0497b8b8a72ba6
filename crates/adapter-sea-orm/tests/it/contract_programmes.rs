//! Programmes, organisations and sites: what is stored comes back, and lists are whole.

use std::collections::BTreeSet;

use ipt_domain::{
    placement::{
        geofence::Position,
        organisation::{Organisation, OrganisationDraft, OrganisationRelation},
        policy::{PolicyDraft, PolicyVersion},
        programme::ProgrammeChanges,
        site::{GeofenceDraft, Site, SiteCalendar, SiteDraft},
    },
    tenancy::calendar::WeekendDays,
    text::Remark,
};
use ipt_ports::{
    Constraint, RepositoryError,
    page::{Direction, PageRequest, Sort},
    placement::{NameSort, Namesakes, OrganisationFilter},
};

use crate::support::{
    on_every_database,
    seeds::{at, july},
};

fn page<F>(field: F, direction: Direction) -> PageRequest<F> {
    PageRequest {
        limit: 2,
        after: None,
        sort: vec![Sort { field, direction }],
    }
}

fn remark(text: &str) -> Remark {
    Remark::parse(Some(text)).unwrap().unwrap()
}

on_every_database! {
    async fn a_programme_comes_back_with_the_policy_of_each_version(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let strict = PolicyDraft { entry_deadline_days: Some(3), max_week_hours: Some(45.5), ..PolicyDraft::default() };
        let programme = fixture.programme(world.tenant, "Bsc-CE", strict).await;
        let (id, first) = (programme.id(), programme.version());
        let relaxed = PolicyDraft { entry_deadline_days: Some(9), ..PolicyDraft::default() };
        let changed = programme
            .clone()
            .amended(ProgrammeChanges { name: Some("Civil Works".to_owned()), policy: relaxed, ..ProgrammeChanges::default() })
            .unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "placement.programme");
        unit.placement().save_programme(&changed, Some(first), &trail).await.unwrap();
        unit.commit().await.unwrap();

        let mut reader = fixture.read(world.scope()).await;
        assert_eq!(reader.placement().programme(id).await.unwrap(), Some(changed.clone()));
        let at_first = reader.placement().policy(id, PolicyVersion::FIRST).await.unwrap();
        assert_eq!(at_first.as_ref(), Some(programme.policy()));
        let second = reader.placement().policy(id, PolicyVersion::FIRST.next()).await.unwrap();
        assert_eq!(second.as_ref(), Some(changed.policy()));
        assert_eq!(reader.placement().policy(id, PolicyVersion::new(3)).await.unwrap(), None);
        let used = reader.placement().policy_use(world.programme).await.unwrap();
        assert_eq!(used, [(PolicyVersion::FIRST, 1)]);
        drop(reader);

        let mut unit = fixture.begin(world.scope()).await;
        let again = unit.placement().save_programme(&changed, Some(first), &trail).await;
        assert!(matches!(again, Err(RepositoryError::Stale)), "{again:?}");
    }

    async fn a_code_names_one_programme_whatever_its_case(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        fixture.programme(world.tenant, "BSC-CE", PolicyDraft::default()).await;
        let draft = ipt_domain::placement::programme::ProgrammeDraft {
            name: "Another".to_owned(),
            code: "bsc-ce".to_owned(),
            credit_units: 0.0,
            required_hours: 0.0,
            required_days: 0,
            window: (july(1), july(31)),
            policy: PolicyDraft::default(),
        };
        let twin = ipt_domain::placement::programme::Programme::create(fixture.id(), world.tenant, draft).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "placement.programme");
        let outcome = unit.placement().save_programme(&twin, None, &trail).await;
        assert!(matches!(outcome, Err(RepositoryError::Conflict(Constraint::ProgrammeCode))), "{outcome:?}");
    }

    async fn programmes_are_listed_by_name_without_regard_to_case(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        for code in ["b", "A", "ß_1", "Ä"] {
            fixture.programme(world.tenant, code, PolicyDraft::default()).await;
        }
        let mut reader = fixture.read(world.scope()).await;
        let mut request = page(NameSort::Name, Direction::Ascending);
        let mut names = Vec::new();
        loop {
            let found = reader.placement().programme_page(Some("TRAINING"), &request).await.unwrap();
            assert!(found.items.len() <= 2);
            names.extend(found.items.iter().map(|programme| programme.code().to_owned()));
            let Some(next) = found.next else { break };
            request.after = Some(next);
        }
        // By code point once folded, on both databases alike.
        assert_eq!(names, ["A", "b", "IPT", "ß_1", "Ä"]);
        assert_eq!(reader.placement().programme_count(Some("ß_")).await.unwrap(), 1);
        assert_eq!(reader.placement().programme_count(Some("%")).await.unwrap(), 0);
        assert_eq!(reader.placement().programme_count(None).await.unwrap(), 5);
    }

    async fn an_organisation_is_seen_with_ones_own_relation_alone(fixture: &Fixture) {
        let (here, there) = (fixture.world("udsm").await, fixture.world("sua").await);
        let mut unit = fixture.begin(there.scope()).await;
        let relation = OrganisationRelation::begin(there.tenant, here.organisation, at("07:00:00"))
            .described(Some(remark("Bi Neema")), Some(remark("Pays late.")));
        let trail = fixture.trail(Some(there.tenant), "placement.organisation");
        unit.placement().save_relation(&relation, None, &trail).await.unwrap();
        unit.commit().await.unwrap();

        let mut reader = fixture.read(here.scope()).await;
        let ours = reader.placement().organisation(here.organisation, Some(here.tenant)).await.unwrap().unwrap();
        assert!(ours.relation.unwrap().is_verified());
        let theirs = reader.placement().organisation(here.organisation, Some(there.tenant)).await.unwrap().unwrap();
        assert_eq!(theirs.relation, None);
        drop(reader);
        let mut reader = fixture.read(there.scope()).await;
        let theirs = reader.placement().organisation(here.organisation, Some(there.tenant)).await.unwrap().unwrap();
        assert_eq!(theirs.relation, Some(relation));
        let theirs = OrganisationFilter { tenant: Some(there.tenant), ..OrganisationFilter::default() };
        assert_eq!(reader.placement().organisation_count(&theirs).await.unwrap(), 2);
        let verified = OrganisationFilter { verified: Some(true), ..theirs };
        let request = page(NameSort::Name, Direction::Ascending);
        let found = reader.placement().organisation_page(&verified, &request).await.unwrap();
        let ids: Vec<_> = found.items.iter().map(|view| view.organisation.id()).collect();
        assert_eq!(ids, [there.organisation]);
    }

    async fn an_organisation_is_found_by_what_is_known_of_it(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let draft = OrganisationDraft {
            name: "Ümit Elektrik".to_owned(),
            sector: Some("Energy".to_owned()),
            city: Some("Arusha".to_owned()),
            country: Some("Tanzania".to_owned()),
            website: Some("https://umit.example".to_owned()),
            description: Some("Transformers\nand lines.".to_owned()),
        };
        let organisation = Organisation::create(fixture.id(), &draft).unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let trail = fixture.trail(Some(world.tenant), "placement.organisation");
        unit.placement().save_organisation(&organisation, None, Namesakes::Refused, &trail).await.unwrap();
        let trail = fixture.trail(Some(world.tenant), "placement.organisation");
        let amended = organisation.clone().amended(&draft).unwrap();
        unit.placement().save_organisation(&amended, Some(organisation.version()), Namesakes::Refused, &trail).await.unwrap();
        unit.commit().await.unwrap();

        let mut reader = fixture.read(world.scope()).await;
        let count = async |reader: &mut dyn ipt_ports::Reader, filter: OrganisationFilter| {
            reader.placement().organisation_count(&filter).await.unwrap()
        };
        let own = OrganisationFilter { own: vec![organisation.id()], ..OrganisationFilter::default() };
        for (filter, expected) in [
            (OrganisationFilter { text: Some("ÜMIT".to_owned()), ..own.clone() }, 1),
            (OrganisationFilter { city: Some("arusha".to_owned()), ..own.clone() }, 1),
            (OrganisationFilter { sector: Some("ENERGY".to_owned()), ..own.clone() }, 1),
            (OrganisationFilter { sector: Some("Ener".to_owned()), ..own.clone() }, 0),
            // No institution has a relation to it.
            (OrganisationFilter { tenant: Some(world.tenant), text: Some("ümit".to_owned()), ..OrganisationFilter::default() }, 0),
            (OrganisationFilter { tenant: Some(world.tenant), ..own }, 2),
            (OrganisationFilter { directory: true, ..OrganisationFilter::default() }, 2),
            (OrganisationFilter::default(), 0),
        ] {
            assert_eq!(count(reader.as_mut(), filter.clone()).await, expected, "{filter:?}");
        }
        let stored = reader.placement().organisation(organisation.id(), None).await.unwrap().unwrap();
        assert_eq!(stored.organisation, amended);
    }

    async fn a_site_comes_back_and_is_seen_where_it_belongs(fixture: &Fixture) {
        let (here, there) = (fixture.world("udsm").await, fixture.world("sua").await);
        let corner = |lat: f64, lng: f64| Position::new(lat, lng).unwrap();
        let draft = SiteDraft {
            name: "Mtoni".to_owned(),
            address: Some("Kilwa Road\nTemeke".to_owned()),
            zone: Some(chrono_tz::Africa::Nairobi),
            position: Some(corner(-6.87, 39.27)),
            geofence: Some(GeofenceDraft::Polygon(vec![
                corner(-6.87, 39.27), corner(-6.87, 39.28), corner(-6.88, 39.28),
            ])),
            calendar: SiteCalendar {
                weekend: Some(WeekendDays::FRIDAY_AND_SATURDAY),
                holidays: Some(BTreeSet::from([july(7), july(8)])),
            },
        };
        let site = Site::create(fixture.id(), here.organisation, Some(here.tenant), draft).unwrap();
        let mut unit = fixture.begin(here.scope()).await;
        let trail = || fixture.trail(Some(here.tenant), "placement.site");
        unit.placement().save_site(&site, None, &trail()).await.unwrap();
        let amended = site.clone().amended(SiteDraft { address: None, ..SiteDraft::from(&site) }).unwrap();
        unit.placement().save_site(&amended, Some(site.version()), &trail()).await.unwrap();
        unit.commit().await.unwrap();

        let request = page(NameSort::CreatedAt, Direction::Descending);
        let mut reader = fixture.read(here.scope()).await;
        assert_eq!(reader.placement().site(site.id()).await.unwrap(), Some(amended));
        assert_eq!(reader.placement().site_page(here.organisation, &request).await.unwrap().items.len(), 2);
        assert_eq!(reader.placement().site_count(here.organisation).await.unwrap(), 2);
        drop(reader);
        let mut reader = fixture.read(there.scope()).await;
        assert_eq!(reader.placement().site(site.id()).await.unwrap(), None);
        assert!(reader.placement().site(here.site).await.unwrap().is_some());
        let shared = reader.placement().site_page(here.organisation, &request).await.unwrap();
        assert_eq!(shared.items.iter().map(Site::id).collect::<Vec<_>>(), [here.site]);
        assert_eq!(reader.placement().site_count(here.organisation).await.unwrap(), 1);
    }
}
