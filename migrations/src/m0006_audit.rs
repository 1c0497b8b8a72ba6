//! The audit trail, which only grows.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Audit records, the values beside them, the links of the chains, and what waits to be linked.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Nothing here has a foreign key. A record is evidence: it must not depend on the rows that it tells of. And record,
/// values and marker are written by one statement, in the hottest path of the product.
const DEFINITIONS: &[&str] = &[
    // The columns that are filtered by a range of texts are compared byte by byte.
    "CREATE TABLE audit_record (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID,
        at INSTANT NOT NULL,
        actor_id UUID,
        on_behalf_of_id UUID,
        session_id UUID,
        action FOLDED NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
        object_kind TEXT NOT NULL CHECK (length(object_kind) BETWEEN 1 AND 64),
        object_id UUID NOT NULL,
        detail_digest BYTES NOT NULL CHECK (length(detail_digest) = 32)
    ) STRICT",
    // audit_page, audit_count; filtered by action or time these ranges are read
    "CREATE INDEX audit_record_page ON audit_record (tenant_id, at, id)",
    // audit_page of an object, and of a person
    "CREATE INDEX audit_record_object ON audit_record (object_id, at)",
    "CREATE INDEX audit_record_actor ON audit_record (actor_id, at)",
    // What an erasure takes away: the record keeps the digest.
    "CREATE TABLE audit_detail (
        record_id UUID NOT NULL PRIMARY KEY,
        salt BYTES NOT NULL CHECK (length(salt) = 16),
        \"values\" JSON NOT NULL
    ) STRICT",
    // The chain of an institution has its id, the deployment's the id of zeros.
    "CREATE TABLE audit_link (
        chain UUID NOT NULL,
        sequence BIGINT NOT NULL CHECK (sequence >= 1),
        record_id UUID NOT NULL,
        previous BYTES NOT NULL CHECK (length(previous) = 32),
        hash BYTES NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (chain, sequence)
    ) STRICT",
    // A record stands in one chain, once. audit_page shows its number.
    "CREATE UNIQUE INDEX audit_link_record ON audit_link (record_id)",
    // What is not linked yet. Without this queue the linker would look for records without a link, and read the whole
    // trail each time; a mark in the record itself would be a change of what never changes. It is short: the linker
    // empties it every few seconds.
    "CREATE TABLE audit_unlinked (
        record_id UUID NOT NULL PRIMARY KEY,
        chain UUID NOT NULL
    ) STRICT",
];

const TABLES: &[&str] = &["audit_record", "audit_detail", "audit_link", "audit_unlinked"];

/// The owner of the tables is refused as well, and a session that plays the part of a replica.
const APPEND_ONLY_POSTGRES: &[&str] = &[
    "CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END
    $$",
    "CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
    "CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
    "ALTER TABLE audit_record ENABLE ALWAYS TRIGGER audit_record_append_only",
    "ALTER TABLE audit_link ENABLE ALWAYS TRIGGER audit_link_append_only",
];

/// `REPLACE` removes the row in its way without firing a trigger for it, so that an insertion over a row is refused too.
const APPEND_ONLY_SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record
    BEGIN SELECT RAISE(ABORT, 'audit_record only grows: UPDATE is refused'); END",
    "CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record
    BEGIN SELECT RAISE(ABORT, 'audit_record only grows: DELETE is refused'); END",
    "CREATE TRIGGER audit_record_no_replace BEFORE INSERT ON audit_record
    WHEN EXISTS (SELECT 1 FROM audit_record WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit_record only grows: REPLACE is refused'); END",
    "CREATE TRIGGER audit_link_no_update BEFORE UPDATE ON audit_link
    BEGIN SELECT RAISE(ABORT, 'audit_link only grows: UPDATE is refused'); END",
    "CREATE TRIGGER audit_link_no_delete BEFORE DELETE ON audit_link
    BEGIN SELECT RAISE(ABORT, 'audit_link only grows: DELETE is refused'); END",
    "CREATE TRIGGER audit_link_no_replace BEFORE INSERT ON audit_link
    WHEN EXISTS (
        SELECT 1 FROM audit_link
        WHERE (chain = NEW.chain AND sequence = NEW.sequence) OR record_id = NEW.record_id
    )
    BEGIN SELECT RAISE(ABORT, 'audit_link only grows: REPLACE is refused'); END",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await?;
        ddl::run_either(manager, APPEND_ONLY_POSTGRES, APPEND_ONLY_SQLITE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await?;
        ddl::run_either(
            manager,
            &["DROP FUNCTION IF EXISTS refuse_change_of_audit()"],
            &[],
        )
        .await
    }
}
