//! Students of supervisors are counted over the placements, day by day, and no longer kept as one number.

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait},
    sea_orm::DbBackend,
};

use crate::{
    ddl,
    policies::{self, JOBS, Policy, Rows},
};

/// A row for each supervisor that is written before the students are counted, in place of the number of students.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Whoever gives a supervisor a student writes this row first, and so waits for whoever is giving the same supervisor one.
const UP: &[&str] = &["CREATE TABLE supervisor_hold (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        part TEXT NOT NULL CHECK (part IN ('industrial', 'academic')),
        holds BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, user_id, part)
    ) STRICT"];

/// The number as it was kept: a student counts once for a supervisor, until all placements shared have ended.
const DOWN: &[&str] = &[
    "CREATE TABLE supervisor_load (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        part TEXT NOT NULL CHECK (part IN ('industrial', 'academic')),
        students INT NOT NULL,
        PRIMARY KEY (tenant_id, user_id, part),
        CONSTRAINT supervisor_load_students CHECK (students >= 0)
    ) STRICT",
    "INSERT INTO supervisor_load (tenant_id, user_id, part, students)
        SELECT tenant_id, industrial_supervisor_id, 'industrial', count(DISTINCT student_id) FROM placement
        WHERE industrial_supervisor_id IS NOT NULL
            AND state NOT IN ('completed', 'terminated', 'cancelled', 'withdrawn')
        GROUP BY tenant_id, industrial_supervisor_id",
    "INSERT INTO supervisor_load (tenant_id, user_id, part, students)
        SELECT tenant_id, university_supervisor_id, 'academic', count(DISTINCT student_id) FROM placement
        WHERE university_supervisor_id IS NOT NULL
            AND state NOT IN ('completed', 'terminated', 'cancelled', 'withdrawn')
        GROUP BY tenant_id, university_supervisor_id",
];

const HOLD: &[Policy] = &[("supervisor_hold", "tenant_id", JOBS, Rows::Own)];

const LOAD: &[Policy] = &[("supervisor_load", "tenant_id", JOBS, Rows::Own)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await?;
        policies::grant(manager, &["supervisor_hold"]).await?;
        policies::put(manager, HOLD).await?;
        ddl::drop_tables(manager, &["supervisor_load"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            // Forced policies show an owner who is no superuser nothing otherwise; the setting ends with the transaction.
            let as_operator = "SET LOCAL ipt.system = 'operator'";
            manager.get_connection().execute_unprepared(as_operator).await?;
        }
        ddl::run(manager, DOWN).await?;
        policies::grant(manager, &["supervisor_load"]).await?;
        policies::put(manager, LOAD).await?;
        ddl::drop_tables(manager, &["supervisor_hold"]).await
    }
}
