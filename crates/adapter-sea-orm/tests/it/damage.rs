//! A stored row that breaks an invariant is told with table, column and id, and breaks nothing else.

use ipt_adapter_sea_orm::Dialect;
use ipt_domain::error::Corruption;
use ipt_ports::RepositoryError;

use crate::support::{Fixture, on_both_databases};

/// Damages a row past the adapter, and past the database's own checks.
async fn damage(fixture: &Fixture, table: &str, set: &str, constraints: &[&str]) {
    match fixture.database.dialect() {
        Dialect::Postgres => {
            for constraint in constraints {
                fixture
                    .as_owner(&format!("ALTER TABLE {table} DROP CONSTRAINT {constraint}"))
                    .await
                    .unwrap();
            }
            fixture
                .as_owner(&format!("UPDATE {table} SET {set}"))
                .await
                .unwrap();
        }
        Dialect::Sqlite => {
            let set = set.replace("chr(", "char(");
            let unchecked = format!("PRAGMA ignore_check_constraints = ON; UPDATE {table} SET {set}");
            fixture.as_owner(&unchecked).await.unwrap();
        }
    }
}

fn place(outcome: &RepositoryError) -> (&'static str, &'static str, uuid::Uuid) {
    let RepositoryError::Corrupt(Corruption {
        table, column, id, ..
    }) = outcome
    else {
        panic!("told as damage, not as {outcome:?}")
    };
    (table, column, *id)
}

on_both_databases! {
    async fn a_damaged_entry_is_told_by_table_column_and_id(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let entry = fixture.submitted(&world, 7).await;
        for (set, constraints, column) in [
            ("worked_minutes = 17", &[][..], "worked_minutes"),
            ("content = 'A' || chr(8238) || 'B'", &[], "content"),
            ("revision = -1", &["log_entry_revision_check"], "revision"),
            ("state = 'approved'", &["log_entry_state_check", "log_entry_due"], "state"),
        ] {
            let before = fixture.stored(&world, entry.id()).await.0;
            assert_eq!(before, entry);
            damage(fixture, "log_entry", set, constraints).await;
            let mut reader = fixture.read(world.scope()).await;
            let error = reader.logbook().log(entry.id()).await.unwrap_err();
            assert_eq!(place(&error), ("log_entry", column, entry.id().uuid()));
            drop(reader);
            let mend = "content = 'Calibrated the flow meters of the second pumping station.', worked_minutes = 480, \
                        revision = 1, state = 'submitted'";
            damage(fixture, "log_entry", mend, &[]).await;
        }
    }

    async fn a_damaged_placement_is_told_by_table_column_and_id(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let set = "industrial_supervisor_id = student_id";
        damage(fixture, "placement", set, &[]).await;
        let mut reader = fixture.read(world.scope()).await;
        let error = reader.placement().placement(world.placement).await.unwrap_err();
        assert_eq!(place(&error), ("placement", "industrial_supervisor_id", world.placement.uuid()));
    }

    async fn a_damaged_policy_is_told_by_table_column_and_id(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        damage(fixture, "programme_policy", "policy = '{\"max_attachments\": 900}'", &[]).await;
        let mut reader = fixture.read(world.scope()).await;
        let error = reader.placement().placement_case(world.placement).await.unwrap_err();
        assert_eq!(place(&error), ("programme_policy", "policy", world.programme.uuid()));
    }
}
