//! The directory of organisations: each stands in it once, and what an institution has to do with one has a version.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Which of several organisations of one name in one city it is, and the version of a relation.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE organisation ADD COLUMN namesake INT NOT NULL DEFAULT 0 CHECK (namesake >= 0)",
    // Those that were made before are kept, the oldest as the first
    "UPDATE organisation SET namesake = numbered.place FROM (
        SELECT id AS of_id, row_number() OVER (PARTITION BY name_folded, coalesce(city_folded, '')
            ORDER BY created_at, id) - 1 AS place
        FROM organisation) AS numbered
    WHERE numbered.of_id = id AND numbered.place > 0",
    // One organisation for each name and city, whatever their case: a further one is made on purpose, and numbered. Also
    // organisation_of_same_name
    "CREATE UNIQUE INDEX organisation_once ON organisation (name_folded, coalesce(city_folded, ''), namesake)",
    "ALTER TABLE organisation_relation ADD COLUMN version INT NOT NULL DEFAULT 1 CHECK (version >= 1)",
];

const DOWN: &[&str] = &[
    "ALTER TABLE organisation_relation DROP COLUMN version",
    "DROP INDEX organisation_once",
    "ALTER TABLE organisation DROP COLUMN namesake",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DOWN).await
    }
}
