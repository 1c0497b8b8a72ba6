//! Programmes, organisations, sites and placements: what is stored comes back, lists are whole, caps hold.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{PlacementId, UserId},
    identity::role::Role,
    logbook::{hours::Minutes, state::StateName, transition::StepKind},
    placement::{
        delegation::Part,
        geofence::Position,
        organisation::{Organisation, OrganisationDraft, OrganisationRelation},
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{PolicyDraft, PolicyVersion},
        programme::ProgrammeChanges,
        site::{GeofenceDraft, Site, SiteCalendar, SiteDraft},
        state::{PlacementState, PlacementStateName},
    },
    tenancy::calendar::WeekendDays,
    text::Remark,
    version::Version,
};
use ipt_ports::{
    Constraint, Database as _, RepositoryError, Scope, SystemScope,
    logbook::Onlooker,
    page::{Direction, PageRequest, Sort},
    placement::{NameSort, OrganisationFilter, PlacementFilter, PlacementSort},
};

use crate::support::{
    Fixture, on_both_databases,
    rows::Cell,
    seeds::{at, july},
    world::{World, noon, step},
};

const WORKER: Scope = Scope::System(SystemScope::Worker);

fn page<F>(field: F, direction: Direction) -> PageRequest<F> {
    PageRequest { limit: 2, after: None, sort: Sort { field, direction } }
}

fn remark(text: &str) -> Remark {
    Remark::parse(Some(text)).unwrap().unwrap()
}

/// A coordinator of the world, looking at everything.
fn everything(world: &World) -> PlacementFilter {
    PlacementFilter {
        onlooker: Onlooker { user_id: world.coordinator, coordinates: vec![world.tenant], now: noon(7) },
        states: Vec::new(),
        student_id: None,
        organisation_id: None,
        programme_id: None,
        supervisor_id: None,
    }
}

/// The same, by somebody without a role in the institution.
fn as_person(world: &World, user_id: UserId) -> PlacementFilter {
    PlacementFilter { onlooker: Onlooker { user_id, coordinates: Vec::new(), now: noon(7) }, ..everything(world) }
}

async fn seen(fixture: &Fixture, world: &World, filter: &PlacementFilter) -> BTreeSet<PlacementId> {
    let mut reader = fixture.read(world.scope()).await;
    let all = PageRequest { limit: 100, ..page(PlacementSort::StartDate, Direction::Ascending) };
    let found = reader.placement().placement_page(filter, &all).await.unwrap();
    let counted = reader.placement().placement_count(filter).await.unwrap();
    assert_eq!(counted, u64::try_from(found.items.len()).unwrap());
    found.items.iter().map(|view| view.placement.id()).collect()
}

on_both_databases! {
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
        unit.placement().save_relation(&relation, &trail).await.unwrap();
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
        unit.placement().save_organisation(&organisation, None, &trail).await.unwrap();
        let trail = fixture.trail(Some(world.tenant), "placement.organisation");
        let amended = organisation.clone().amended(&draft).unwrap();
        unit.placement().save_organisation(&amended, Some(organisation.version()), &trail).await.unwrap();
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
            (OrganisationFilter::default(), 2),
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
        drop(reader);
        let mut reader = fixture.read(there.scope()).await;
        assert_eq!(reader.placement().site(site.id()).await.unwrap(), None);
        assert!(reader.placement().site(here.site).await.unwrap().is_some());
        let shared = reader.placement().site_page(here.organisation, &request).await.unwrap();
        assert_eq!(shared.items.iter().map(Site::id).collect::<Vec<_>>(), [here.site]);
    }

    async fn a_placement_comes_back_from_every_state(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let states = [
            PlacementState::Proposed,
            PlacementState::ChangesRequested { reason: remark("The dates overlap.") },
            PlacementState::Approved,
            PlacementState::Active { since: july(6) },
            PlacementState::Suspended { active_since: july(6), since: july(9), reason: remark("Illness.") },
            PlacementState::Completed { active_since: july(6), on: july(31) },
            PlacementState::Terminated { active_since: None, effective: july(9), reason: remark("Bankrupt.") },
            PlacementState::Cancelled { reason: None },
            PlacementState::Withdrawn { reason: Some(remark("Found another.")) },
        ];
        for state in states {
            let student = fixture.member(world.tenant, &format!("Student {}", state.name()), &[Role::Student]).await;
            let placement = Placement::from_parts(PlacementParts {
                state,
                continues: Some(world.placement),
                relationship_declared: Some(remark("The owner's nephew.")),
                ..world.parts(fixture.id(), student)
            })
            .unwrap();
            fixture.place(&world, placement.clone()).await.unwrap();
            let view = fixture.read(world.scope()).await.placement().placement(placement.id()).await.unwrap().unwrap();
            assert_eq!(view.placement, placement);
            assert_eq!(view.industrial_supervisor_name.as_deref(), Some("Baraka udsm"));
            assert_eq!(view.organisation_name, "Maji Works");
            assert_eq!(view.programme_name, "Practical Training IPT");
        }
        let suspended = PlacementFilter { states: vec![PlacementStateName::Suspended], ..everything(&world) };
        assert_eq!(seen(fixture, &world, &suspended).await.len(), 1);
    }

    async fn a_placement_is_seen_by_its_people_and_by_coordinators(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let (other_student, other) = fixture.another_student(&world, "Eliud").await;
        let both = BTreeSet::from([world.placement, other]);
        let delegate = fixture.member(world.tenant, "Fatma", &[Role::IndustrialSupervisor]).await;
        fixture.put("delegation", &[
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("placement_id", Cell::Id(other.uuid())),
            ("part", Cell::Text("industrial")),
            ("delegate_id", Cell::Id(delegate.uuid())),
            ("starts_on", Cell::Date(july(7))),
            ("ends_on", Cell::Date(july(8))),
            ("appointed_by_id", Cell::Id(world.industrial.uuid())),
            ("created_at", Cell::Instant(noon(6))),
        ]).await;
        assert_eq!(seen(fixture, &world, &everything(&world)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.industrial)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.university)).await, both);
        assert_eq!(seen(fixture, &world, &as_person(&world, world.student)).await, BTreeSet::from([world.placement]));
        assert_eq!(seen(fixture, &world, &as_person(&world, delegate)).await, BTreeSet::from([other]));
        let mut later = as_person(&world, delegate);
        // The delegate's last day is over at the workplace, though not yet in UTC.
        later.onlooker.now = "2026-07-08T21:00:00Z".parse().unwrap();
        assert_eq!(seen(fixture, &world, &later).await, BTreeSet::new());
        assert_eq!(seen(fixture, &world, &as_person(&world, world.coordinator)).await, BTreeSet::new());
        let of_other = PlacementFilter { student_id: Some(other_student), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &of_other).await, BTreeSet::from([other]));
        let supervised = PlacementFilter { supervisor_id: Some(world.university), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &supervised).await, both);
        let elsewhere = PlacementFilter { organisation_id: Some(fixture.id()), ..everything(&world) };
        assert_eq!(seen(fixture, &world, &elsewhere).await, BTreeSet::new());
    }

    async fn the_case_of_a_placement_has_all_that_a_decision_needs(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        fixture.put("delegation", &[
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("placement_id", Cell::Id(world.placement.uuid())),
            ("part", Cell::Text("academic")),
            ("delegate_id", Cell::Id(world.coordinator.uuid())),
            ("starts_on", Cell::Date(july(7))),
            ("ends_on", Cell::Date(july(8))),
            ("appointed_by_id", Cell::Id(world.university.uuid())),
            ("created_at", Cell::Instant(noon(6))),
        ]).await;
        fixture.put("tenant_holiday", &[
            ("tenant_id", Cell::Id(world.tenant.uuid())),
            ("date", Cell::Date(july(7))),
        ]).await;
        let mut reader = fixture.read(world.scope()).await;
        let found = reader.placement().placement_case(world.placement).await.unwrap().unwrap();
        assert!(found.organisation_verified);
        assert_eq!(found.programme.id(), world.programme);
        assert_eq!(found.case.student_name, "Asha udsm");
        assert!(found.case.institution.holidays().contains(&july(7)));
        assert!(found.case.workplace.calendar().holidays().contains(&july(7)));
        let [delegation] = found.case.delegations.as_slice() else { panic!("one delegate is there") };
        assert_eq!((delegation.part(), delegation.delegate()), (Part::Academic, world.coordinator));
        assert_eq!((delegation.from(), delegation.to()), (july(7), july(8)));
        assert!(reader.placement().placement_case(fixture.id()).await.unwrap().is_none());
    }

    async fn a_placement_changed_from_an_old_version_is_stale(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let changed = |version: Version| {
            let parts = PlacementParts { version, site_id: None, ..world.parts(world.placement, world.student) };
            fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
        };
        fixture.store(&world, &changed(Version::new(2))).await.unwrap();
        let outcome = fixture.store(&world, &changed(Version::new(2))).await;
        assert!(matches!(outcome, Err(RepositoryError::Stale)), "{outcome:?}");
        assert_eq!(fixture.count("placement_event", "1 = 1").await, 2);
    }

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
            let trail = fixture.trail(Some(world.tenant), "placement.propose");
            changes.push((fixture.change(placement, None), trail));
        }
        let attempts = changes.into_iter().map(|(change, trail)| {
            let (database, scope) = (fixture.database.clone(), world.scope());
            tokio::spawn(async move {
                let mut unit = database.begin(scope).await?;
                unit.placement().save_placement(&change, &trail).await?;
                unit.commit().await
            })
        });
        let outcomes: Vec<_> =
            futures_util::future::join_all(attempts).await.into_iter().map(|outcome| outcome.unwrap()).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let over = |outcome: &Result<(), RepositoryError>| {
            matches!(outcome, Err(RepositoryError::Conflict(Constraint::SupervisorCap)))
        };
        assert_eq!(outcomes.iter().filter(|outcome| over(outcome)).count(), 1, "{outcomes:?}");
        assert_eq!(fixture.count("placement", "1 = 1").await, 10);
        assert_eq!(fixture.count("supervisor_load", "part = 'industrial' AND students = 10").await, 1);
    }

    async fn a_student_counts_once_for_a_supervisor_and_no_longer_when_it_ends(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let second = Placement::from_parts(PlacementParts {
            continues: Some(world.placement),
            state: PlacementState::Approved,
            period: Period::new("2026-09-28".parse().unwrap(), "2026-10-09".parse().unwrap()).unwrap(),
            ..world.parts(fixture.id(), world.student)
        })
        .unwrap();
        let second_id = second.id();
        fixture.place(&world, second).await.unwrap();
        let counted = async || fixture.count("supervisor_load", "students = 1").await;
        assert_eq!(counted().await, 2);
        let ended = |id, state| {
            let parts = PlacementParts { state, version: Version::new(2), ..world.parts(id, world.student) };
            fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST))
        };
        let completed = PlacementState::Completed { active_since: july(6), on: july(31) };
        fixture.store(&world, &ended(world.placement, completed)).await.unwrap();
        assert_eq!(counted().await, 2);
        fixture.store(&world, &ended(second_id, PlacementState::Cancelled { reason: None })).await.unwrap();
        assert_eq!(counted().await, 0);
        assert_eq!(fixture.count("supervisor_load", "students = 0").await, 2);
    }

    async fn a_replaced_supervisor_gives_the_place_to_the_successor(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let successor = fixture.member(world.tenant, "Grace", &[Role::UniversitySupervisor]).await;
        let parts = PlacementParts {
            university_supervisor: Some(successor),
            version: Version::new(2),
            ..world.parts(world.placement, world.student)
        };
        let change = fixture.change(Placement::from_parts(parts).unwrap(), Some(Version::FIRST));
        fixture.store(&world, &change).await.unwrap();
        let of = async |user: UserId| {
            fixture.count("supervisor_load", &format!("user_id = {} AND students = 1", fixture.spelled(user.uuid()))).await
        };
        assert_eq!((of(world.university).await, of(successor).await, of(world.industrial).await), (0, 1, 1));
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

    async fn the_neighbours_of_a_placement_are_cut_where_they_end(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let states = [
            PlacementState::Terminated { active_since: Some(july(6)), effective: july(20), reason: remark("Fire.") },
            PlacementState::Cancelled { reason: None },
        ];
        for state in states {
            let parts = PlacementParts { state, ..world.parts(fixture.id(), world.student) };
            fixture.place(&world, Placement::from_parts(parts).unwrap()).await.unwrap();
        }
        let mut reader = fixture.read(world.scope()).await;
        let beside = reader.placement().neighbours(world.tenant, world.student).await.unwrap();
        let days: Vec<_> = beside.iter().map(|neighbour| (neighbour.state, neighbour.period.end())).collect();
        let end = "2026-09-25".parse().unwrap();
        assert_eq!(days, [(PlacementStateName::Active, end), (PlacementStateName::Terminated, july(20))]);
    }

    async fn the_days_of_a_placement_and_of_what_it_continues_are_told(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let second = Placement::from_parts(PlacementParts {
            continues: Some(world.placement),
            ..world.parts(fixture.id(), world.student)
        })
        .unwrap();
        let second_id = second.id();
        fixture.place(&world, second).await.unwrap();
        let first_day = fixture.submitted(&world, 7).await;
        let industrial = (world.industrial, Role::IndustrialSupervisor);
        let approve = StepKind::Approve { skills: Vec::new(), hours_confirmed: Some(6.5) };
        fixture.take(&world, first_day.id(), industrial, step(approve, Some("Left early.")), noon(8)).await;
        fixture.drafted(&world, 9, "not told yet").await;
        let whose = (world.student, second_id);
        let report = crate::support::world::report(crate::support::world::TEXT);
        fixture.submit_report(&world, whose, july(10), report, noon(10)).await.unwrap();

        let mut reader = fixture.read(world.scope()).await;
        // Industry's three working days from the 10th end on the 15th.
        let days = reader.placement().days_of_chain(second_id, noon(16)).await.unwrap();
        let told: Vec<_> = days
            .iter()
            .map(|(placement, day)| (*placement, day.day.date, day.day.minutes, day.state, day.overdue))
            .collect();
        assert_eq!(told, [
            (world.placement, july(7), Minutes::new(390), StateName::IndustryVerified, false),
            (second_id, july(10), Minutes::from_hours(8), StateName::Submitted, true),
        ]);
        let of_first = reader.placement().days_of_chain(world.placement, noon(10)).await.unwrap();
        assert_eq!(of_first.len(), 1);
        let outside = reader.placement().entry_days_outside(world.placement, july(8), july(8)).await.unwrap();
        assert_eq!(outside, [july(7), july(9)]);
    }

    async fn placements_that_wait_for_their_first_day_are_found(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut waiting = Vec::new();
        for (supervised, start) in [(true, july(8)), (true, july(9)), (false, july(8)), (true, july(20))] {
            let student = fixture.member(world.tenant, &format!("S {supervised} {start}"), &[Role::Student]).await;
            let parts = PlacementParts {
                state: PlacementState::Approved,
                period: Period::new(start, "2026-09-25".parse().unwrap()).unwrap(),
                university_supervisor: supervised.then_some(world.university),
                ..world.parts(fixture.id(), student)
            };
            waiting.push(parts.id);
            fixture.place(&world, Placement::from_parts(parts).unwrap()).await.unwrap();
        }
        let mut reader = fixture.read(WORKER).await;
        assert_eq!(reader.placement().to_activate(july(9), 10).await.unwrap(), waiting[..2]);
        assert_eq!(reader.placement().to_activate(july(9), 1).await.unwrap(), waiting[..1]);
    }
}
