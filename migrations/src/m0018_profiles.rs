//! What institutions keep of their people: profiles, and sealed particulars.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::{
    ddl,
    policies::{self, JOBS, Rows},
};

/// Profiles and sealed particulars.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["profile", "sealed_particular"];

const DEFINITIONS: &[&str] = &[
    // What is searched, checked or compared stands in columns; the sections of other roles beside them. The average is in
    // hundredths.
    "CREATE TABLE profile (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        registration_number TEXT CHECK (registration_number <> ''),
        registration_folded FOLDED,
        programme_id UUID REFERENCES programme (id),
        year_of_study INT CHECK (year_of_study BETWEEN 1 AND 10),
        grade_average INT CHECK (grade_average BETWEEN 0 AND 10000),
        is_student FLAG NOT NULL,
        supervisor JSON,
        coordinator JSON,
        PRIMARY KEY (tenant_id, user_id),
        CONSTRAINT profile_folded CHECK ((registration_number IS NULL) = (registration_folded IS NULL))
    ) STRICT",
    // One student of an institution has one registration number. NULLs all differ.
    "CREATE UNIQUE INDEX profile_registration ON profile (tenant_id, registration_folded)",
    // The foreign keys
    "CREATE INDEX profile_person ON profile (user_id)",
    "CREATE INDEX profile_programme ON profile (programme_id)",
    // Each value by itself: a name of the key under which it lies, and what is of no use without that key.
    "CREATE TABLE sealed_particular (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        field TEXT NOT NULL CHECK (field <> ''),
        key_id TEXT NOT NULL CHECK (key_id <> ''),
        sealed TEXT NOT NULL CHECK (sealed <> ''),
        PRIMARY KEY (tenant_id, user_id, field)
    ) STRICT",
    // The foreign key
    "CREATE INDEX sealed_particular_person ON sealed_particular (user_id)",
    // sealed_by_key
    "CREATE INDEX sealed_particular_key ON sealed_particular (key_id)",
];

const POLICIES: &[policies::Policy] = &[
    ("profile", "tenant_id", JOBS, Rows::Own),
    ("sealed_particular", "tenant_id", JOBS, Rows::Own),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await?;
        policies::grant(manager, TABLES).await?;
        policies::put(manager, POLICIES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        policies::lift(manager, POLICIES).await?;
        ddl::drop_tables(manager, TABLES).await
    }
}
