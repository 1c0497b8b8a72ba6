//! Copies of what is kept of a person.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::{
    ddl,
    policies::{self, Policy, Rows, SIGN_IN},
};

/// Copies, on their way from being asked for to being fetched.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A copy of what the whole deployment keeps belongs to no institution.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE data_export (
        id UUID NOT NULL PRIMARY KEY,
        about_id UUID NOT NULL REFERENCES user_account (id),
        tenant_id UUID REFERENCES tenant (id),
        asked_by_id UUID NOT NULL REFERENCES user_account (id),
        asked_at INSTANT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'fetched', 'failed')),
        attempts INT NOT NULL CHECK (attempts >= 0),
        due_at INSTANT,
        done_at INSTANT,
        expires_at INSTANT,
        size BIGINT CHECK (size >= 0),
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT data_export_waiting CHECK ((state = 'waiting') = (due_at IS NOT NULL)),
        CONSTRAINT data_export_done CHECK ((state = 'waiting') = (done_at IS NULL)),
        CONSTRAINT data_export_ready CHECK (state <> 'ready' OR (expires_at IS NOT NULL AND size IS NOT NULL))
    ) STRICT",
    // One that is to be made, of the same for the same person
    "CREATE UNIQUE INDEX data_export_waiting_once ON data_export
        (asked_by_id, about_id, coalesce(tenant_id, NOWHERE)) WHERE state = 'waiting'",
    // last_data_export
    "CREATE INDEX data_export_last ON data_export (asked_by_id, about_id, asked_at)",
    // due_data_export
    "CREATE INDEX data_export_due ON data_export (due_at, id) WHERE state = 'waiting'",
    // data_exports_about, remove_data_exports
    "CREATE INDEX data_export_about ON data_export (about_id)",
    // prune_data_exports
    "CREATE INDEX data_export_asked ON data_export (asked_at)",
];

const POLICIES: &[Policy] = &[("data_export", "tenant_id", SIGN_IN, Rows::OwnOrNone)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await?;
        policies::grant(manager, &["data_export"]).await?;
        policies::put(manager, POLICIES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        policies::lift(manager, POLICIES).await?;
        ddl::drop_tables(manager, &["data_export"]).await
    }
}
