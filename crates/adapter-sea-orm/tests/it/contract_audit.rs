//! The audit trail: what it shows, and that it only grows.

use chrono::TimeDelta;
use ipt_adapter_sea_orm::Dialect;
use ipt_domain::{id::TenantId, identity::role::Role};
use ipt_ports::{
    Scope, SystemScope,
    audit::{AuditEntry, AuditFilter, AuditSort, AuditView},
    page::{Direction, PageRequest, Sort},
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

async fn record(fixture: &Fixture, scope: Scope, entry: &AuditEntry) {
    let mut unit = fixture.begin(scope).await;
    unit.chain().record(entry).await.unwrap();
    unit.commit().await.unwrap();
}

async fn listed(fixture: &Fixture, scope: Scope, filter: AuditFilter) -> Vec<AuditView> {
    let sort = Sort {
        field: AuditSort::At,
        direction: Direction::Descending,
    };
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let mut reader = fixture.read(scope.clone()).await;
        let page = reader
            .audit()
            .audit_page(
                &filter,
                &PageRequest {
                    limit: 2,
                    after,
                    sort: vec![sort],
                },
            )
            .await
            .unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            let count = reader.audit().audit_count(&filter).await.unwrap();
            assert_eq!(
                count,
                all.len() as u64,
                "the count and the list share their condition"
            );
            return all;
        }
    }
}

async fn actions(fixture: &Fixture, tenant: TenantId, filter: AuditFilter) -> Vec<String> {
    let views = listed(
        fixture,
        Scope::tenant(tenant),
        AuditFilter {
            tenant: Some(tenant),
            ..filter
        },
    )
    .await;
    views.iter().map(|view| view.record.action.to_string()).collect()
}

/// Statements that would change the table, each for the database that knows it.
fn changes(dialect: Dialect, table: &str, column: &str) -> Vec<String> {
    let mut statements = vec![
        format!("UPDATE {table} SET {column} = {column}"),
        format!("DELETE FROM {table}"),
    ];
    statements.extend(match dialect {
        Dialect::Postgres => vec![
            format!("TRUNCATE {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("SET session_replication_role = replica; DELETE FROM {table}"),
        ],
        Dialect::Sqlite => vec![
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
            format!("UPDATE OR IGNORE {table} SET {column} = {column}"),
        ],
    });
    statements
}

on_every_database! {
    async fn a_record_is_shown_with_its_values_and_the_persons_name(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let asha = fixture.member(tenant, "Asha Mushi", &[Role::Coordinator]).await;
        let mut entry = fixture.audit_entry(Some(tenant), "logbook.void", at("09:00:00.000001"));
        entry.record.actor = Some(asha);
        record(fixture, Scope::tenant(tenant), &entry).await;
        let mut silent = fixture.audit_entry(Some(tenant), "logbook.look", at("08:00:00"));
        silent.detail = None;
        silent.record.actor = None;
        silent.record.session = None;
        record(fixture, Scope::tenant(tenant), &silent).await;
        let filter = AuditFilter { tenant: Some(tenant), ..AuditFilter::default() };
        let shown = listed(fixture, Scope::tenant(tenant), filter).await;
        let view = |entry: &AuditEntry, name: Option<&str>| AuditView {
            record: entry.record.clone(),
            values: entry.detail.as_ref().map(|detail| detail.values.clone()),
            actor_name: name.map(str::to_owned),
            sequence: None,
        };
        assert_eq!(shown, [view(&entry, Some("Asha Mushi")), view(&silent, None)]);
    }

    async fn records_are_found_by_person_action_object_and_time(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let mut entries = Vec::new();
        for (hour, action) in ["logbook.approve", "logbook.flag", "logbookish.approve", "Logbook.approve", "placement.approve"]
            .into_iter()
            .enumerate()
        {
            let moment = at("09:00:00") + TimeDelta::hours(i64::try_from(hour).unwrap());
            let entry = fixture.audit_entry(Some(tenant), action, moment);
            record(fixture, Scope::tenant(tenant), &entry).await;
            entries.push(entry);
        }
        let all = AuditFilter::default();
        let by_action = |action: &str| AuditFilter { action: Some(action.to_owned()), ..all.clone() };
        assert_eq!(actions(fixture, tenant, by_action("logbook.approve")).await, ["logbook.approve"]);
        assert_eq!(actions(fixture, tenant, by_action("logbook.")).await, ["logbook.flag", "logbook.approve"]);
        let by_actor = AuditFilter { actor: entries[1].record.actor, ..all.clone() };
        assert_eq!(actions(fixture, tenant, by_actor).await, ["logbook.flag"]);
        let by_object = AuditFilter { object: Some(entries[4].record.object_id), ..all.clone() };
        assert_eq!(actions(fixture, tenant, by_object).await, ["placement.approve"]);
        let by_time = AuditFilter { from: Some(at("10:00:00")), to: Some(at("12:00:00")), ..all.clone() };
        assert_eq!(actions(fixture, tenant, by_time).await, ["logbookish.approve", "logbook.flag"]);
        assert_eq!(actions(fixture, tenant, all).await.len(), 5);
    }

    async fn the_trail_of_another_institution_or_the_deployment_does_not_exist(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let theirs = fixture.audit_entry(Some(ardhi), "logbook.void", at("09:00:00"));
        record(fixture, Scope::tenant(ardhi), &theirs).await;
        let filter = |tenant| AuditFilter { tenant, ..AuditFilter::default() };
        assert!(listed(fixture, Scope::tenant(udsm), filter(Some(ardhi))).await.is_empty());
        assert!(listed(fixture, Scope::tenant(udsm), filter(None)).await.is_empty());
        // The two institutions were made by the operator: that is the deployment's own.
        assert_eq!(listed(fixture, OPERATOR, filter(None)).await.len(), 2);
        let mut unit = fixture.begin(Scope::tenant(udsm)).await;
        let foreign = fixture.audit_entry(Some(ardhi), "logbook.void", at("09:00:00"));
        assert!(unit.chain().record(&foreign).await.is_err());
    }

    async fn a_sign_in_leaves_its_record_in_the_institution(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let mut unit = fixture.begin(Scope::System(SystemScope::SignIn)).await;
        let mut trail = fixture.trail(Some(tenant), "identity.sign_in");
        trail.messages.push(fixture.message(Some(tenant)));
        unit.people().leave_trail(&trail).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(actions(fixture, tenant, AuditFilter::default()).await, ["identity.sign_in"]);
    }

    async fn not_even_the_owner_of_the_tables_changes_what_was_written(fixture: &SqlFixture) {
        let tenant = fixture.institution("udsm").await;
        let entry = fixture.audit_entry(Some(tenant), "logbook.void", at("09:00:00"));
        record(fixture, Scope::tenant(tenant), &entry).await;
        let link = format!(
            "INSERT INTO audit_link (chain, sequence, record_id, previous, hash) SELECT {}, 1, id, detail_digest, \
             detail_digest FROM audit_record WHERE id = {}",
            fixture.spelled(tenant.uuid()),
            fixture.spelled(entry.record.id.uuid()),
        );
        fixture.as_owner(&link).await.unwrap();
        for (table, column) in [("audit_record", "action"), ("audit_link", "hash")] {
            for statement in changes(fixture.database.dialect(), table, column) {
                let refused = fixture.as_owner(&statement).await.expect_err(&statement);
                assert!(refused.to_string().contains("only grows"), "{statement}: {refused}");
            }
        }
        assert_eq!(actions(fixture, tenant, AuditFilter::default()).await, ["logbook.void"]);
    }

    async fn erased_values_leave_the_record(fixture: &SqlFixture) {
        let tenant = fixture.institution("udsm").await;
        let entry = fixture.audit_entry(Some(tenant), "logbook.void", at("09:00:00"));
        record(fixture, Scope::tenant(tenant), &entry).await;
        fixture.as_owner("DELETE FROM audit_detail").await.unwrap();
        let filter = AuditFilter { tenant: Some(tenant), ..AuditFilter::default() };
        let shown = listed(fixture, Scope::tenant(tenant), filter).await;
        assert_eq!(shown[0].record, entry.record);
        assert_eq!(shown[0].values, None);
    }
}
