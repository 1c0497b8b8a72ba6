//! How institutions show themselves in mails, and why one was entered by somebody who is no member of it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// The branding of institutions, and the reason with a session.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns of tables that have their policies already.
const DEFINITIONS: &[&str] = &[
    "ALTER TABLE tenant ADD COLUMN display_name TEXT CHECK (display_name <> '')",
    "ALTER TABLE tenant ADD COLUMN colour TEXT CHECK (length(colour) = 7)",
    "ALTER TABLE tenant ADD COLUMN logo_text TEXT CHECK (logo_text <> '')",
    "ALTER TABLE tenant ADD COLUMN logo_url TEXT CHECK (logo_url LIKE 'https://%')",
    "ALTER TABLE session ADD COLUMN entered_for TEXT CHECK (entered_for <> '')",
];

const UNDO: &[&str] = &[
    "ALTER TABLE session DROP COLUMN entered_for",
    "ALTER TABLE tenant DROP COLUMN logo_url",
    "ALTER TABLE tenant DROP COLUMN logo_text",
    "ALTER TABLE tenant DROP COLUMN colour",
    "ALTER TABLE tenant DROP COLUMN display_name",
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
        ddl::run(manager, UNDO).await
    }
}
