//! Memberships as a sign-in sees them, on PostgreSQL: views that need no scope.
//!
//! Every request asks who stands behind its token. Under row-level security that would take a transaction of its own, three
//! round trips, because a scope is set for a transaction. A view looks at its tables as its owner: these belong to a role
//! that can do nothing but read memberships, of whatever institution, and that nobody signs in as. On SQLite the tables
//! themselves serve.
//!
//! The role is of the server, not of the database, so that undoing this step keeps it.

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait},
    sea_orm::DbBackend,
};

use crate::policies::ROLE;

/// The role, its policies and the views.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The owner of the views.
const OWNER: &str = "ipt_sign_in";

/// The tables that are seen.
const TABLES: &[&str] = &["membership", "membership_role"];

/// Makes the role, unless another migration on the same server has made it; and lets whoever migrates give it something.
const MAKE_ROLE: &str = "DO $$
BEGIN
    BEGIN
        CREATE ROLE ipt_sign_in NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ipt_sign_in' AND (rolcanlogin OR rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'the role ipt_sign_in must not sign in, be a superuser or bypass row-level security';
    END IF;
    BEGIN
        EXECUTE format('GRANT ipt_sign_in TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO ipt_sign_in', current_schema());
END $$";

/// A view's owner must be allowed to make one, but only while it becomes its owner.
const NO_MORE: &str = "DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM ipt_sign_in', current_schema());
END $$";

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
        for table in TABLES {
            for definition in [
                format!("GRANT SELECT ON {table} TO {OWNER}"),
                format!("CREATE POLICY sign_in ON {table} FOR SELECT TO {OWNER} USING (true)"),
                format!("CREATE VIEW {table}_at_sign_in AS SELECT * FROM {table}"),
                format!("ALTER VIEW {table}_at_sign_in OWNER TO {OWNER}"),
                format!("GRANT SELECT ON {table}_at_sign_in TO {ROLE}"),
            ] {
                connection.execute_unprepared(&definition).await?;
            }
        }
        connection.execute_unprepared(NO_MORE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let connection = manager.get_connection();
        for table in TABLES {
            for definition in [
                format!("DROP VIEW {table}_at_sign_in"),
                format!("DROP POLICY sign_in ON {table}"),
                format!("REVOKE ALL ON {table} FROM {OWNER}"),
            ] {
                connection.execute_unprepared(&definition).await?;
            }
        }
        let schema = format!(
            "DO $$ BEGIN EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM {OWNER}', current_schema()); END $$"
        );
        connection.execute_unprepared(&schema).await?;
        Ok(())
    }
}
