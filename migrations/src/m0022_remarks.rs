//! What people wrote in steps on logs is found by who wrote it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// An index over steps with words, by person. Those without, which is every submission, cost it nothing.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &[&str] = &[
    // remarks_of
    "CREATE INDEX log_review_remark ON log_review (by_id, at, id) WHERE comments IS NOT NULL",
];

const DOWN: &[&str] = &["DROP INDEX log_review_remark"];

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
