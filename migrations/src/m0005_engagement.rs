//! The outbox, notifications and reminders, and the answers kept for retries.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// The outbox, leases, notifications, reminders and idempotency keys.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is written with every change has no foreign key to its institution: checking it would lock one and the same row
/// for everybody, and the change itself has the key already.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE outbox (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID,
        topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 64),
        payload JSON NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
        attempts INT NOT NULL CHECK (attempts >= 0),
        created_at INSTANT NOT NULL,
        available_at INSTANT NOT NULL,
        locked_until INSTANT,
        done_at INSTANT,
        failed_at INSTANT,
        error TEXT,
        CONSTRAINT outbox_running CHECK (status <> 'running' OR locked_until IS NOT NULL),
        CONSTRAINT outbox_done CHECK (status <> 'done' OR done_at IS NOT NULL),
        CONSTRAINT outbox_failed CHECK (status <> 'failed' OR (failed_at IS NOT NULL AND error IS NOT NULL))
    ) STRICT",
    // claim, backlog: of the millions that are done nothing is read
    "CREATE INDEX outbox_due ON outbox (available_at, id) WHERE status IN ('queued', 'running')",
    // failed_messages
    "CREATE INDEX outbox_given_up ON outbox (tenant_id, failed_at, id) WHERE status = 'failed'",
    // prune
    "CREATE INDEX outbox_past ON outbox (done_at) WHERE status = 'done'",
    "CREATE TABLE lease (
        name TEXT NOT NULL PRIMARY KEY,
        holder TEXT NOT NULL CHECK (holder <> ''),
        until INSTANT NOT NULL
    ) STRICT",
    "CREATE TABLE notification (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
        cause UUID NOT NULL,
        object_kind TEXT NOT NULL CHECK (length(object_kind) BETWEEN 1 AND 64),
        object_id UUID NOT NULL,
        \"values\" JSON NOT NULL,
        created_at INSTANT NOT NULL,
        read_at INSTANT
    ) STRICT",
    // notify: a cause is delivered at least once, and told once
    "CREATE UNIQUE INDEX notification_once ON notification (cause, user_id, kind)",
    // notification_page, notification_count
    "CREATE INDEX notification_user ON notification (user_id, created_at, id)",
    // the same, only unread; mark_all_read
    "CREATE INDEX notification_unread ON notification (user_id, created_at, id) WHERE read_at IS NULL",
    "CREATE TABLE notification_preference (
        user_id UUID NOT NULL REFERENCES user_account (id),
        kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
        channel TEXT NOT NULL CHECK (channel IN ('in_app', 'mail')),
        wanted FLAG NOT NULL,
        PRIMARY KEY (user_id, kind, channel)
    ) STRICT",
    "CREATE TABLE reminder_sent (
        user_id UUID NOT NULL REFERENCES user_account (id),
        kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
        day DATE NOT NULL,
        message_id UUID NOT NULL,
        PRIMARY KEY (user_id, kind, day)
    ) STRICT",
    "CREATE TABLE idempotency_key (
        tenant_id UUID,
        user_id UUID NOT NULL,
        route TEXT NOT NULL,
        key TEXT NOT NULL,
        body_hash BYTES NOT NULL CHECK (length(body_hash) = 32),
        reserved_at INSTANT NOT NULL,
        status INT CHECK (status BETWEEN 100 AND 599),
        headers JSON,
        body BYTES,
        CONSTRAINT idempotency_key_answer CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
    ) STRICT",
    // reserve, keep, release
    "CREATE UNIQUE INDEX idempotency_key_once ON idempotency_key (user_id, key, route, coalesce(tenant_id, NOWHERE))",
    // forget
    "CREATE INDEX idempotency_key_reserved ON idempotency_key (reserved_at)",
];

const TABLES: &[&str] = &[
    "outbox",
    "lease",
    "notification",
    "notification_preference",
    "reminder_sent",
    "idempotency_key",
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
