//! Roles that institutions define.

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait},
    sea_orm::DbBackend,
};

use crate::{
    ddl,
    policies::{self, Rows, SIGN_IN},
};

/// Roles of institutions, and their place among the roles of memberships.
#[derive(DeriveMigrationName)]
pub struct Migration;

const DEFINITIONS: &[&str] = &[
    // Permissions and roles are lists of names: new ones come with new versions of the product.
    "CREATE TABLE tenant_role (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        key FOLDED NOT NULL CHECK (length(key) BETWEEN 2 AND 64),
        name TEXT NOT NULL CHECK (name <> ''),
        name_folded FOLDED NOT NULL,
        permissions JSON NOT NULL,
        may_grant JSON NOT NULL,
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1)
    ) STRICT",
    // tenant_roles_by_key, tenant_role_page by key; one role of an institution has one key
    "CREATE UNIQUE INDEX tenant_role_key ON tenant_role (tenant_id, key)",
    // tenant_role_page by name
    "CREATE INDEX tenant_role_name ON tenant_role (tenant_id, name_folded, id)",
    // A role of a membership is one of the product's, by its name, or one of the institution's: then the name is its key,
    // and this names the role, which cannot be removed while anybody holds it.
    "ALTER TABLE membership_role ADD COLUMN tenant_role_id UUID REFERENCES tenant_role (id)",
    // tenant_role_holders, and the foreign key when a role is removed
    "CREATE INDEX membership_role_further ON membership_role (tenant_role_id) WHERE tenant_role_id IS NOT NULL",
];

const POLICIES: &[policies::Policy] = &[("tenant_role", "tenant_id", SIGN_IN, Rows::Own)];

/// The roles of memberships that institutions define, as a sign-in sees them: like the views of memberships and their roles
/// it belongs to the role that sees those of every institution. A view's owner must be allowed to make one, but only while
/// it becomes its owner.
const AT_SIGN_IN: &[&str] = &[
    "GRANT SELECT ON tenant_role TO ipt_sign_in",
    "CREATE POLICY sign_in ON tenant_role FOR SELECT TO ipt_sign_in USING (true)",
    "CREATE VIEW tenant_role_at_sign_in AS \
     SELECT r.membership_id, c.key, c.id, c.permissions, c.may_grant \
     FROM membership_role r JOIN tenant_role c ON c.id = r.tenant_role_id",
    "DO $$ BEGIN EXECUTE format('GRANT CREATE ON SCHEMA %I TO ipt_sign_in', current_schema()); END $$",
    "ALTER VIEW tenant_role_at_sign_in OWNER TO ipt_sign_in",
    "DO $$ BEGIN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM ipt_sign_in', current_schema()); END $$",
    "GRANT SELECT ON tenant_role_at_sign_in TO ipt_app",
];

const NOT_AT_SIGN_IN: &[&str] = &[
    "DROP VIEW tenant_role_at_sign_in",
    "DROP POLICY sign_in ON tenant_role",
];

/// Runs what only PostgreSQL needs.
async fn on_postgres(manager: &SchemaManager<'_>, definitions: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for definition in definitions {
        manager.get_connection().execute_unprepared(definition).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await?;
        policies::grant(manager, &["tenant_role"]).await?;
        policies::put(manager, POLICIES).await?;
        on_postgres(manager, AT_SIGN_IN).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, NOT_AT_SIGN_IN).await?;
        policies::lift(manager, POLICIES).await?;
        let undo = [
            // A role that no table defines any more would be nobody's.
            "DELETE FROM membership_role WHERE tenant_role_id IS NOT NULL",
            "DROP INDEX membership_role_further",
            "ALTER TABLE membership_role DROP COLUMN tenant_role_id",
            "DROP TABLE tenant_role",
        ];
        ddl::run(manager, &undo).await
    }
}
