//! Institutions.

use ipt_domain::{
    id::TenantId,
    tenancy::{
        branding::{Branding, Colour, LogoUrl},
        institution::{Institution, TenantCode},
    },
};
use ipt_ports::{
    Constraint, RepositoryError, Scope, SystemScope,
    page::{Direction, Page, PageRequest, Sort},
    tenancy::InstitutionSort,
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, calendar, july},
};

fn named(fixture: &Fixture, code: &str, name: &str) -> Institution {
    Institution::new(
        fixture.id(),
        TenantCode::parse(code).unwrap(),
        name,
        calendar([july(7), july(8)]),
    )
    .unwrap()
}

fn names(page: &Page<Institution>) -> Vec<&str> {
    page.items.iter().map(Institution::name).collect()
}

async fn store(fixture: &Fixture, institution: &Institution) {
    let mut unit = fixture.begin(OPERATOR).await;
    let trail = fixture.trail(None, "tenancy.create");
    unit.tenancy()
        .save_institution(institution, None, &trail)
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

async fn found(fixture: &Fixture, scope: Scope, id: TenantId) -> Option<Institution> {
    fixture.read(scope).await.tenancy().institution(id).await.unwrap()
}

on_every_database! {
    async fn an_institution_comes_back_as_it_was_stored(fixture: &Fixture) {
        let institution = named(fixture, "udsm", "Chuo Kikuu cha Dar es Salaam");
        store(fixture, &institution).await;
        let id = institution.id();
        assert_eq!(found(fixture, Scope::tenant(id), id).await.as_ref(), Some(&institution));
        let sign_in = Scope::System(SystemScope::SignIn);
        let by_code = fixture.read(sign_in).await.tenancy().institution_by_code(institution.code()).await.unwrap();
        assert_eq!(by_code, Some(institution));
    }

    async fn a_changed_calendar_replaces_the_former_one(fixture: &Fixture) {
        let institution = named(fixture, "udsm", "UDSM");
        store(fixture, &institution).await;
        let (id, seen) = (institution.id(), institution.version());
        let changed = institution.with_calendar(calendar([july(8), july(9)]));
        let mut unit = fixture.begin(Scope::tenant(id)).await;
        let trail = fixture.trail(Some(id), "tenancy.calendar");
        unit.tenancy().save_institution(&changed, Some(seen), &trail).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(found(fixture, OPERATOR, id).await, Some(changed));
    }

    async fn an_institution_that_closes_its_registration_stays_so(fixture: &Fixture) {
        let institution = named(fixture, "udsm", "UDSM");
        store(fixture, &institution).await;
        let (id, seen) = (institution.id(), institution.version());
        assert!(found(fixture, OPERATOR, id).await.unwrap().takes_registrations());
        let closed = institution.with_self_registration(false);
        let mut unit = fixture.begin(Scope::tenant(id)).await;
        let trail = fixture.trail(Some(id), "tenancy.update");
        unit.tenancy().save_institution(&closed, Some(seen), &trail).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(found(fixture, OPERATOR, id).await, Some(closed));
    }

    async fn a_change_made_from_an_old_version_is_stale_and_changes_nothing(fixture: &Fixture) {
        let institution = named(fixture, "udsm", "UDSM");
        store(fixture, &institution).await;
        let (id, first) = (institution.id(), institution.version());
        let renamed = institution.renamed("University").unwrap();
        let mut unit = fixture.begin(Scope::tenant(id)).await;
        unit.tenancy().save_institution(&renamed, Some(first), &fixture.trail(Some(id), "tenancy.rename")).await.unwrap();
        unit.commit().await.unwrap();
        let late = renamed.clone().renamed("Another").unwrap();
        let mut unit = fixture.begin(Scope::tenant(id)).await;
        let trail = fixture.trail(Some(id), "tenancy.rename");
        let refused = unit.tenancy().save_institution(&late, Some(first), &trail).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        drop(unit);
        assert_eq!(found(fixture, OPERATOR, id).await, Some(renamed));
    }

    async fn a_second_institution_with_the_same_code_is_refused(fixture: &Fixture) {
        store(fixture, &named(fixture, "udsm", "UDSM")).await;
        let mut unit = fixture.begin(OPERATOR).await;
        let trail = fixture.trail(None, "tenancy.create");
        let refused = unit.tenancy().save_institution(&named(fixture, "udsm", "Other"), None, &trail).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::TenantCode))), "{refused:?}");
    }

    async fn another_institution_does_not_exist(fixture: &Fixture) {
        let (own, other) = (named(fixture, "udsm", "UDSM"), named(fixture, "ardhi", "Ardhi"));
        store(fixture, &own).await;
        store(fixture, &other).await;
        let scope = Scope::tenant(own.id());
        assert_eq!(found(fixture, scope.clone(), other.id()).await, None);
        let mut reader = fixture.read(scope.clone()).await;
        assert_eq!(reader.tenancy().institution_by_code(other.code()).await.unwrap(), None);
        assert_eq!(reader.tenancy().institutions().await.unwrap(), [own]);
        let mut unit = fixture.begin(scope).await;
        let seen = other.version();
        let renamed = other.renamed("Taken over").unwrap();
        let trail = fixture.trail(None, "tenancy.rename");
        assert!(unit.tenancy().save_institution(&renamed, Some(seen), &trail).await.is_err());
    }

    async fn a_look_in_mails_comes_back_as_it_was_stored_and_goes_again(fixture: &Fixture) {
        let branding = Branding {
            display_name: Some("Chuo Kikuu".to_owned()),
            colour: Some(Colour::parse("#0B5cab").unwrap()),
            logo_text: Some("CK".to_owned()),
            logo_url: Some(LogoUrl::parse("https://udsm.ac.tz/logo.png").unwrap()),
        };
        let institution = named(fixture, "udsm", "UDSM").with_branding(branding);
        store(fixture, &institution).await;
        let (id, seen) = (institution.id(), institution.version());
        assert_eq!(found(fixture, Scope::tenant(id), id).await.as_ref(), Some(&institution));
        let plain = institution.with_branding(Branding::default());
        let mut unit = fixture.begin(Scope::tenant(id)).await;
        let trail = fixture.trail(Some(id), "tenancy.update");
        unit.tenancy().save_institution(&plain, Some(seen), &trail).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(found(fixture, OPERATOR, id).await, Some(plain));
    }

    async fn institutions_are_paged_searched_and_counted_within_the_scope(fixture: &Fixture) {
        for (code, name) in [("c1", "Zanzibar"), ("c2", "ardhi"), ("c3", "Öko"), ("zz", "Mzumbe")] {
            store(fixture, &named(fixture, code, name)).await;
        }
        let by = |field, direction, limit| PageRequest { limit, after: None, sort: vec![Sort { field, direction }] };
        let mut reader = fixture.read(OPERATOR).await;
        let tenancy = reader.tenancy();
        let first = tenancy.institution_page(None, &by(InstitutionSort::Name, Direction::Ascending, 3)).await.unwrap();
        assert_eq!(names(&first), ["ardhi", "Mzumbe", "Zanzibar"]);
        let rest = PageRequest { after: first.next, ..by(InstitutionSort::Name, Direction::Ascending, 3) };
        let rest = tenancy.institution_page(None, &rest).await.unwrap();
        assert_eq!((names(&rest), rest.next.is_none()), (vec!["Öko"], true));
        assert!(rest.items[0].calendar().holidays().len() == 2);
        let found = tenancy.institution_page(Some("Z"), &by(InstitutionSort::Code, Direction::Descending, 9)).await.unwrap();
        assert_eq!(names(&found), ["Mzumbe", "Zanzibar"], "by name or code");
        assert_eq!(tenancy.institution_count(Some("ö")).await.unwrap(), 1);
        assert_eq!(tenancy.institution_count(None).await.unwrap(), 4);
        let own = found.items[0].id();
        let mut reader = fixture.read(Scope::tenant(own)).await;
        assert_eq!(reader.tenancy().institution_count(None).await.unwrap(), 1);
    }

    async fn institutions_are_listed_by_name_without_regard_to_case(fixture: &Fixture) {
        for (code, name) in [("c1", "Zanzibar"), ("c2", "ardhi"), ("c3", "Öko"), ("c4", "Mzumbe"), ("c5", "ökologie")] {
            store(fixture, &named(fixture, code, name)).await;
        }
        let listed = fixture.read(OPERATOR).await.tenancy().institutions().await.unwrap();
        let names: Vec<_> = listed.iter().map(Institution::name).collect();
        assert_eq!(names, ["ardhi", "Mzumbe", "Zanzibar", "Öko", "ökologie"]);
        assert!(listed.iter().all(|one| one.calendar().holidays().len() == 2));
    }
}
