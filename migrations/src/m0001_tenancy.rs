//! Institutions and their calendars.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Institutions and their holidays.
#[derive(DeriveMigrationName)]
pub struct Migration;

const DEFINITIONS: &[&str] = &[
    "CREATE TABLE tenant (
        id UUID NOT NULL PRIMARY KEY,
        code FOLDED NOT NULL CHECK (length(code) BETWEEN 2 AND 32),
        name TEXT NOT NULL CHECK (name <> ''),
        name_folded FOLDED NOT NULL,
        time_zone TEXT NOT NULL,
        weekend_days INT NOT NULL CHECK (weekend_days BETWEEN 0 AND 126),
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1)
    ) STRICT",
    // institution_by_code
    "CREATE UNIQUE INDEX tenant_code ON tenant (code)",
    // institutions
    "CREATE INDEX tenant_name ON tenant (name_folded, id)",
    "CREATE TABLE tenant_holiday (
        tenant_id UUID NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
        date DATE NOT NULL,
        PRIMARY KEY (tenant_id, date)
    ) STRICT",
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
        ddl::drop_tables(manager, &["tenant", "tenant_holiday"]).await
    }
}
