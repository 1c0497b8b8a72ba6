//! Which devices people sign in on, and when a session's password was given.

use sea_orm_migration::prelude::{
    ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::{ddl, policies};

/// Known devices, and the time of the sign-in from which a session came.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A session of before has no such time: it came from a sign-in of its own. Of a device only a digest is kept. Devices belong
/// to no institution, as accounts do, and so have no policy.
const UP: &[&str] = &[
    "ALTER TABLE session ADD COLUMN signed_in_at INSTANT",
    "CREATE TABLE known_device (
        user_id UUID NOT NULL REFERENCES user_account (id),
        digest BYTES NOT NULL CHECK (length(digest) = 32),
        first_seen_at INSTANT NOT NULL,
        last_seen_at INSTANT NOT NULL,
        PRIMARY KEY (user_id, digest)
    ) STRICT",
    // remove_past
    "CREATE INDEX known_device_seen ON known_device (last_seen_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await?;
        policies::grant(manager, &["known_device"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["known_device"]).await?;
        manager
            .get_connection()
            .execute_unprepared("ALTER TABLE session DROP COLUMN signed_in_at")
            .await?;
        Ok(())
    }
}
