//! People, memberships and sessions.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Accounts, memberships with their roles, sessions and refresh tokens.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Accounts and sessions belong to no institution; memberships do.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE user_account (
        id UUID NOT NULL PRIMARY KEY,
        email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
        email_folded FOLDED NOT NULL CHECK (length(email_folded) BETWEEN 3 AND 254),
        full_name TEXT NOT NULL CHECK (full_name <> ''),
        name_folded FOLDED NOT NULL,
        password_hash TEXT,
        email_verified_at INSTANT,
        disabled_at INSTANT,
        failures INT NOT NULL CHECK (failures >= 0),
        failing_since INSTANT,
        locked_until INSTANT,
        language TEXT NOT NULL CHECK (language <> ''),
        last_tenant_id UUID REFERENCES tenant (id) ON DELETE SET NULL,
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1)
    ) STRICT",
    // credentials_by_email; one person has one address, whatever its case
    "CREATE UNIQUE INDEX user_account_email ON user_account (email_folded)",
    // user_page by name, and by time
    "CREATE INDEX user_account_name ON user_account (name_folded, id)",
    "CREATE INDEX user_account_created ON user_account (created_at, id)",
    // The organisation has no foreign key: its table belongs to a later step, and SQLite adds none afterwards. Whoever
    // makes a membership has looked the organisation up.
    "CREATE TABLE membership (
        id UUID NOT NULL PRIMARY KEY,
        user_id UUID NOT NULL REFERENCES user_account (id),
        tenant_id UUID REFERENCES tenant (id),
        organisation_id UUID,
        status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT membership_of_organisation CHECK (tenant_id IS NOT NULL OR organisation_id IS NULL)
    ) STRICT",
    // One membership of a person in an institution and organisation, absent ones counting as equal. By its first column
    // also: principal, memberships
    "CREATE UNIQUE INDEX membership_once ON membership
        (user_id, coalesce(tenant_id, NOWHERE), coalesce(organisation_id, NOWHERE))",
    // user_page, user_count: who belongs to an institution
    "CREATE INDEX membership_tenant ON membership (tenant_id, user_id)",
    // user_page of an organisation
    "CREATE INDEX membership_organisation ON membership (organisation_id, user_id) WHERE organisation_id IS NOT NULL",
    // New contexts bring new roles, and SQLite cannot change a check: the names are checked when they are read. The
    // institution is repeated, so that the row can be told apart from another institution's by itself.
    "CREATE TABLE membership_role (
        membership_id UUID NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (length(role) BETWEEN 1 AND 64),
        tenant_id UUID REFERENCES tenant (id),
        PRIMARY KEY (membership_id, role)
    ) STRICT",
    // members_with_role, and the students of coordinator_figures
    "CREATE INDEX membership_role_tenant ON membership_role (tenant_id, role, membership_id)",
    "CREATE TABLE session (
        id UUID NOT NULL PRIMARY KEY,
        user_id UUID NOT NULL REFERENCES user_account (id),
        tenant_id UUID REFERENCES tenant (id),
        device TEXT NOT NULL CHECK (length(device) <= 200),
        address TEXT NOT NULL CHECK (length(address) <= 200),
        created_at INSTANT NOT NULL,
        last_used_at INSTANT NOT NULL,
        ended_at INSTANT
    ) STRICT",
    // end_sessions; an ended session is never looked up by its person
    "CREATE INDEX session_alive ON session (user_id) WHERE ended_at IS NULL",
    // Of a token only its digest is kept: what is stolen from here opens nothing.
    "CREATE TABLE refresh_token (
        digest BYTES NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
        session_id UUID NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        issued_at INSTANT NOT NULL,
        expires_at INSTANT NOT NULL,
        used_at INSTANT
    ) STRICT",
    // The foreign key, when a session is removed
    "CREATE INDEX refresh_token_session ON refresh_token (session_id)",
];

const TABLES: &[&str] = &[
    "user_account",
    "membership",
    "membership_role",
    "session",
    "refresh_token",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
