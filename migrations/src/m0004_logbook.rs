//! Log entries, their earlier texts, reviews and files, and days opened again.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Log entries, their earlier texts, reviews and files, and days opened again.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The text of an entry as it was submitted: the same columns in the entry and in its earlier texts.
///
/// Empty lists are NULL. A fix is told by its position; `fix_at` is when the device took it, without that time when the
/// entry was written.
macro_rules! submission {
    () => {
        "submission_id UUID,
        submitted_by_id UUID,
        submitted_at INSTANT,
        kind TEXT CHECK (kind IN ('worked', 'training', 'sick', 'authorised_leave', 'public_holiday', 'host_closed',
            'no_supervisor')),
        content TEXT,
        worked_minutes INT CHECK (worked_minutes BETWEEN 15 AND 1440),
        hours_assumed FLAG,
        excess_hours FLAG,
        skills JSON,
        captured_at INSTANT,
        latitude FLOAT,
        longitude FLOAT,
        accuracy_m FLOAT,
        fix_captured_at INSTANT,
        verdict TEXT CHECK (verdict IN ('inside', 'uncertain', 'outside', 'unreported', 'not_applicable')),
        distance_m INT,
        location_notes JSON,
        attachments JSON,"
    };
}

/// An entry points to its placement over the pair (institution, id), so that the database itself keeps it within its
/// institution, and to nothing else: each further reference would cost the hottest write another look-up, and lock a row
/// that everybody shares.
const ENTRY: &str = concat!(
    "CREATE TABLE log_entry (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        placement_id UUID NOT NULL,
        student_id UUID NOT NULL,
        log_date DATE NOT NULL,
        revision INT NOT NULL CHECK (revision >= 1),
        state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'revision_requested', 'industry_verified', 'flagged',
            'validated', 'voided')),
        draft JSON,
        ",
    submission!(),
    "
        content_folded FOLDED,
        fix_at INSTANT,
        first_submitted_at INSTANT,
        late FLAG,
        due_on DATE,
        due_at INSTANT,
        verified_kind TEXT CHECK (verified_kind IN ('industry', 'evidence')),
        verified_by_id UUID,
        verified_for_id UUID,
        verified_at INSTANT,
        confirmed_minutes INT CHECK (confirmed_minutes BETWEEN 15 AND 1440),
        verified_skills JSON,
        retractable FLAG,
        decided_by_id UUID,
        decided_for_id UUID,
        decided_at INSTANT,
        decided_reason TEXT,
        flag_count INT NOT NULL CHECK (flag_count >= 0),
        verifiers JSON,
        created_at INSTANT NOT NULL,
        updated_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT log_entry_submission CHECK ((submitted_at IS NULL) = (first_submitted_at IS NULL)),
        CONSTRAINT log_entry_submitted CHECK (state = 'draft' OR submitted_at IS NOT NULL),
        CONSTRAINT log_entry_due CHECK ((state IN ('submitted', 'industry_verified')) = (due_at IS NOT NULL)),
        FOREIGN KEY (tenant_id, placement_id) REFERENCES placement (tenant_id, id)
    ) STRICT"
);

/// No foreign key leads from here to the entry's row: texts are kept for good, and so is every entry that has one.
const REVISION: &str = concat!(
    "CREATE TABLE log_revision (
        entry_id UUID NOT NULL,
        tenant_id UUID NOT NULL,
        revision INT NOT NULL CHECK (revision >= 1),
        ",
    submission!(),
    "
        PRIMARY KEY (entry_id, submission_id)
    ) STRICT"
);

/// Five indexes on entries besides the primary key, and no more: each is written with every submission (the one over fixes
/// only where there is one).
const DEFINITIONS: &[&str] = &[
    ENTRY,
    // One live entry for each placement and date. Also submission_case, surroundings, days_of_chain,
    // entry_days_outside
    "CREATE UNIQUE INDEX log_entry_day ON log_entry (placement_id, log_date) WHERE state <> 'voided'",
    // log_page of a student, and of a supervisor (by the students supervised); the week of submission_case
    "CREATE INDEX log_entry_student ON log_entry (student_id, log_date, id)",
    // The last positions of submission_case
    "CREATE INDEX log_entry_fix ON log_entry (student_id, fix_at, id) WHERE fix_at IS NOT NULL",
    // log_page of a coordinator
    "CREATE INDEX log_entry_tenant ON log_entry (tenant_id, log_date, id)",
    // What awaits somebody: the inboxes of log_page and log_count, reviews_due, coordinator_figures
    "CREATE INDEX log_entry_open ON log_entry (tenant_id, placement_id, due_at)
        WHERE state IN ('submitted', 'revision_requested', 'industry_verified', 'flagged')",
    REVISION,
    "CREATE TABLE log_review (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        entry_id UUID NOT NULL REFERENCES log_entry (id) ON DELETE CASCADE,
        action TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        by_id UUID NOT NULL,
        on_behalf_of_id UUID,
        way TEXT NOT NULL CHECK (way IN ('single', 'many')),
        at INSTANT NOT NULL,
        revision INT NOT NULL CHECK (revision >= 1),
        comments TEXT,
        skills JSON,
        confirmed_minutes INT CHECK (confirmed_minutes BETWEEN 15 AND 1440)
    ) STRICT",
    // reviews
    "CREATE INDEX log_review_entry ON log_review (entry_id, at, id)",
    // coordinator_figures: the trend, and how long reviews take. Times ascend, so that it grows at its end
    "CREATE INDEX log_review_time ON log_review (tenant_id, at)",
    "CREATE TABLE attachment (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        entry_id UUID NOT NULL REFERENCES log_entry (id) ON DELETE CASCADE,
        file_name TEXT NOT NULL CHECK (file_name <> ''),
        media_type TEXT NOT NULL,
        size BIGINT NOT NULL CHECK (size >= 0),
        sha256 BYTES NOT NULL CHECK (length(sha256) = 32),
        storage_key TEXT NOT NULL CHECK (storage_key <> '')
    ) STRICT",
    // attachments_of
    "CREATE INDEX attachment_entry ON attachment (entry_id)",
    // is_referenced
    "CREATE INDEX attachment_key ON attachment (storage_key)",
    "CREATE TABLE reopened_days (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        placement_id UUID NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE NOT NULL,
        reason TEXT NOT NULL,
        by_id UUID NOT NULL REFERENCES user_account (id),
        at INSTANT NOT NULL,
        CONSTRAINT reopened_days_range CHECK (starts_on <= ends_on),
        FOREIGN KEY (tenant_id, placement_id) REFERENCES placement (tenant_id, id)
    ) STRICT",
    // submission_case, surroundings
    "CREATE INDEX reopened_days_placement ON reopened_days (placement_id, starts_on)",
];

const TABLES: &[&str] = &[
    "log_entry",
    "log_revision",
    "log_review",
    "attachment",
    "reopened_days",
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
