//! What people do about their accounts themselves: registering, verifying the address, setting a new password.

use sea_orm_migration::prelude::{
    ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::{ddl, policies};

/// Codes and tokens that go out by mail, and whether an institution takes registrations.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A secret's subject has no foreign key: an address that nobody has is counted as well, under an id that stands for it.
/// Secrets belong to no institution, as accounts do, and so have no policy.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE mailed_secret (
        subject_id UUID NOT NULL,
        purpose TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 64),
        id UUID NOT NULL,
        digest BYTES NOT NULL CHECK (length(digest) = 32),
        issued_at INSTANT NOT NULL,
        expires_at INSTANT NOT NULL,
        tries INT NOT NULL CHECK (tries BETWEEN 0 AND 5),
        used_at INSTANT,
        counting_since INSTANT NOT NULL,
        mailed INT NOT NULL CHECK (mailed >= 0),
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT mailed_secret_once PRIMARY KEY (subject_id, purpose)
    ) STRICT",
    // use_mailed_secret
    "CREATE UNIQUE INDEX mailed_secret_id ON mailed_secret (id)",
    // mailed_secret_by_digest: two people may have the same code, so that it is not unique
    "CREATE INDEX mailed_secret_digest ON mailed_secret (digest)",
    // prune_mailed_secrets
    "CREATE INDEX mailed_secret_expiry ON mailed_secret (expires_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run_either(
            manager,
            &["ALTER TABLE tenant ADD COLUMN self_registration FLAG NOT NULL DEFAULT true"],
            &["ALTER TABLE tenant ADD COLUMN self_registration FLAG NOT NULL DEFAULT 1"],
        )
        .await?;
        ddl::run(manager, DEFINITIONS).await?;
        policies::grant(manager, &["mailed_secret"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["mailed_secret"]).await?;
        manager
            .get_connection()
            .execute_unprepared("ALTER TABLE tenant DROP COLUMN self_registration")
            .await?;
        Ok(())
    }
}
