//! The outbox, notifications, and the answers kept for retries.

mod idempotency;
mod notification_reader;
mod notification_repository;
mod outbox;
mod retention;
mod reviews_due;
