//! Copies of what is kept of a person, as they are stored.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{
        data_export::{DataExport, ExportState},
        role::Role,
    },
};
use ipt_ports::{Constraint, RepositoryError, Scope, engagement::Kept};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

async fn save(
    fixture: &Fixture,
    export: &DataExport,
    replaces: Option<&DataExport>,
) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(OPERATOR).await;
    let replaces = replaces.map(|former| former.version);
    unit.data_exports().save_data_export(export, replaces).await?;
    unit.commit().await
}

async fn asked(
    fixture: &Fixture,
    (about, tenant): (UserId, Option<TenantId>),
    by: UserId,
    time: &str,
) -> DataExport {
    let export = DataExport::new(fixture.id(), (about, tenant), by, at(time));
    save(fixture, &export, None).await.unwrap();
    export
}

on_every_database! {
    async fn each_state_is_read_as_it_was_stored(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha", &[Role::Student]).await;
        let mut export = asked(fixture, (asha, Some(tenant)), asha, "08:00:00").await;
        let begun = export.clone().begun(at("08:00:00")).unwrap();
        let ready = begun.clone().ready(u64::from(u32::MAX) + 7, at("08:01:00"));
        let fetched = ready.clone().fetched(at("08:02:00")).unwrap();
        let failed = DataExport { state: ExportState::Failed { at: at("08:03:00") }, version: fetched.version.next(), ..fetched.clone() };
        for next in [begun, ready, fetched, failed] {
            save(fixture, &next, Some(&export)).await.unwrap();
            let stored = fixture.read(OPERATOR).await.data_exports().data_export(export.id).await.unwrap();
            assert_eq!(stored, Some(next.clone()));
            assert!(matches!(save(fixture, &next, Some(&export)).await, Err(RepositoryError::Stale)), "of two one wins");
            export = next;
        }
    }

    async fn one_waits_for_somebody_and_the_last_one_counts(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha", &[Role::Student]).await;
        let admin = fixture.member(tenant, "Ada", &[Role::TenantAdmin]).await;
        let first = asked(fixture, (asha, None), asha, "08:00:00").await;
        let second = DataExport::new(fixture.id(), (asha, None), asha, at("08:00:01"));
        let refused = save(fixture, &second, None).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::DataExport))), "{refused:?}");
        // Another's request, and one of an institution, are others.
        asked(fixture, (asha, Some(tenant)), admin, "08:00:02").await;
        asked(fixture, (asha, Some(tenant)), asha, "08:00:03").await;
        save(fixture, &first.clone().ready(1, at("08:01:00")), Some(&first)).await.unwrap();
        save(fixture, &second, None).await.unwrap();
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let last = reader.data_exports().last_data_export(asha, asha, None).await.unwrap();
        assert_eq!(last, Some(second));
        assert_eq!(reader.data_exports().last_data_export(admin, asha, None).await.unwrap(), None);
    }

    async fn what_has_been_due_for_longest_comes_first(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha", &[Role::Student]).await;
        let juma = fixture.member(tenant, "Juma", &[Role::Student]).await;
        let later = asked(fixture, (asha, None), asha, "08:00:05").await;
        let first = asked(fixture, (juma, None), juma, "08:00:04").await;
        let due = async |time| fixture.read(OPERATOR).await.data_exports().due_data_export(at(time)).await.unwrap();
        assert_eq!(due("08:00:03").await, None);
        assert_eq!(due("08:00:09").await, Some(first.clone()));
        let begun = first.clone().begun(at("08:00:09")).unwrap();
        save(fixture, &begun, Some(&first)).await.unwrap();
        assert_eq!(due("08:00:09").await, Some(later));
    }

    async fn copies_about_somebody_and_old_ones_are_removed(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha", &[Role::Student]).await;
        let juma = fixture.member(tenant, "Juma", &[Role::Student]).await;
        let ashas = asked(fixture, (asha, Some(tenant)), juma, "08:00:00").await;
        let waiting = asked(fixture, (juma, None), juma, "08:00:01").await;
        let old = waiting.clone().ready(1, at("08:00:01"));
        save(fixture, &old, Some(&waiting)).await.unwrap();
        let new = asked(fixture, (juma, Some(tenant)), juma, "08:00:02").await;
        let about = async |user| fixture.read(OPERATOR).await.data_exports().data_exports_about(user).await.unwrap();
        assert_eq!(about(asha).await, [ashas]);
        let mut unit = fixture.begin(OPERATOR).await;
        unit.data_exports().remove_data_exports(asha).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(about(asha).await, []);
        assert_eq!(about(juma).await, [old, new.clone()]);
        let mut unit = fixture.begin(OPERATOR).await;
        assert_eq!(unit.retention().remove_past(Kept::Exports, at("08:00:02"), 10).await.unwrap(), 1);
        unit.commit().await.unwrap();
        assert_eq!(about(juma).await, [new]);
    }

    async fn another_institution_sees_no_copy_of_this_one(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("suza").await);
        let asha = fixture.member(here, "Asha", &[Role::Student]).await;
        let export = asked(fixture, (asha, Some(here)), asha, "08:00:00").await;
        let seen = async |tenant| fixture.read(Scope::tenant(tenant)).await.data_exports().data_export(export.id).await.unwrap();
        assert_eq!(seen(here).await, Some(export.clone()));
        assert_eq!(seen(there).await, None);
    }
}
