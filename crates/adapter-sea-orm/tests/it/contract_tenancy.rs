//! Institutions.

use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
};
use ipt_ports::{Constraint, RepositoryError, Scope, SystemScope};

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
