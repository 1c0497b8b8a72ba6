//! Row-level security, on PostgreSQL: the second wall between institutions, under the conditions of the queries.
//!
//! Connections take the role `ipt_app`, which may neither sign in nor bypass policies; a superuser would bypass even
//! forced ones. Each transaction carries its scope in two settings that end with it: `ipt.tenants`, the ids of the
//! institutions whose rows it may touch, and `ipt.system`, the name of one of the deployment's own jobs. Without either
//! nothing is seen. A look in a policy is made once a statement, not once a row: that is why it stands in a SELECT.
//!
//! Without a policy stay the tables that belong to no institution: `user_account`, `session`, `refresh_token`,
//! `notification_preference`, `reminder_sent` (a person's, whoever asks: guarded by their use cases), `organisation` (once
//! for the deployment) and `lease`.
//!
//! The role is of the server, not of the database, so that undoing this step keeps it.

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait},
    sea_orm::DbBackend,
};

use crate::policies::{self, JOBS, LINKER, ROLE, Rows, SIGN_IN};

/// The role of the application, its privileges and the policies.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Makes the role, unless another migration, of this database or of another on the same server, has made it; and lets
/// whoever migrates take it.
const MAKE_ROLE: &str = "DO $$
BEGIN
    BEGIN
        CREATE ROLE ipt_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ipt_app' AND (rolcanlogin OR rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'the role ipt_app must not sign in, be a superuser or bypass row-level security';
    END IF;
    BEGIN
        EXECUTE format('GRANT ipt_app TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO ipt_app', current_schema());
END $$";

/// Tables of which the application may change anything that the policies let it see.
const ALL_PRIVILEGES: &[&str] = &[
    "tenant",
    "tenant_holiday",
    "user_account",
    "membership",
    "membership_role",
    "session",
    "refresh_token",
    "programme",
    "programme_policy",
    "organisation",
    "organisation_relation",
    "site",
    "placement",
    "placement_event",
    "supervisor_load",
    "student_hold",
    "delegation",
    "log_entry",
    "log_revision",
    "log_review",
    "attachment",
    "reopened_days",
    "outbox",
    "lease",
    "notification",
    "notification_preference",
    "reminder_sent",
    "idempotency_key",
    "audit_detail",
    "audit_unlinked",
];

/// Tables that only grow.
const APPEND_ONLY: &[&str] = &["audit_record", "audit_link"];

/// Each table with the column that names the institution, the jobs that need it, and what is allowed.
const POLICIES: &[policies::Policy] = &[
    ("tenant", "id", SIGN_IN, Rows::Own),
    ("tenant_holiday", "tenant_id", SIGN_IN, Rows::Own),
    ("membership", "tenant_id", SIGN_IN, Rows::Own),
    ("membership_role", "tenant_id", SIGN_IN, Rows::Own),
    ("programme", "tenant_id", JOBS, Rows::Own),
    ("programme_policy", "tenant_id", JOBS, Rows::Own),
    ("organisation_relation", "tenant_id", JOBS, Rows::Own),
    ("site", "tenant_id", JOBS, Rows::OwnOrNone),
    ("placement", "tenant_id", JOBS, Rows::Own),
    ("placement_event", "tenant_id", JOBS, Rows::Own),
    ("supervisor_load", "tenant_id", JOBS, Rows::Own),
    ("student_hold", "tenant_id", JOBS, Rows::Own),
    ("delegation", "tenant_id", JOBS, Rows::Own),
    ("log_entry", "tenant_id", JOBS, Rows::Own),
    ("log_revision", "tenant_id", JOBS, Rows::Own),
    ("log_review", "tenant_id", JOBS, Rows::Own),
    ("attachment", "tenant_id", JOBS, Rows::Own),
    ("reopened_days", "tenant_id", JOBS, Rows::Own),
    ("notification", "tenant_id", JOBS, Rows::Own),
    // A person without an institution (a superadmin) retries too; the person is part of the key.
    ("idempotency_key", "tenant_id", SIGN_IN, Rows::OwnOrNone),
    // Whatever the scope, a change may leave a message or a record of the deployment.
    ("outbox", "tenant_id", SIGN_IN, Rows::OwnAddNone),
    (
        "audit_record",
        "tenant_id",
        &["worker", "operator", "chain_linker", "sign_in"],
        Rows::OwnAddNone,
    ),
    (
        "audit_unlinked",
        "chain",
        &["worker", "operator", "chain_linker", "sign_in"],
        Rows::OwnAddNone,
    ),
    ("audit_link", "chain", LINKER, Rows::Own),
    ("audit_detail", "record_id", LINKER, Rows::OfRecord),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let connection = manager.get_connection();
        connection.execute_unprepared(MAKE_ROLE).await?;
        policies::grant(manager, ALL_PRIVILEGES).await?;
        let append_only = APPEND_ONLY.join(", ");
        for grant in [
            format!("GRANT SELECT, INSERT ON {append_only} TO {ROLE}"),
            format!("GRANT SELECT ON seaql_migrations TO {ROLE}"),
        ] {
            connection.execute_unprepared(&grant).await?;
        }
        policies::put(manager, POLICIES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let connection = manager.get_connection();
        policies::lift(manager, POLICIES).await?;
        let tables = [ALL_PRIVILEGES, APPEND_ONLY, &["seaql_migrations"]]
            .concat()
            .join(", ");
        connection
            .execute_unprepared(&format!("REVOKE ALL ON {tables} FROM {ROLE}"))
            .await?;
        let schema = format!(
            "DO $$ BEGIN EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM {ROLE}', current_schema()); END $$"
        );
        connection.execute_unprepared(&schema).await?;
        Ok(())
    }
}
