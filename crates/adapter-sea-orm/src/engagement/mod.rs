//! The outbox, notifications and reminders, and the answers kept for retries.

mod idempotency;
mod kept_answer;
mod lease;
mod notification_mapper;
mod notification_reader;
mod notification_repository;
mod notification_row;
mod outbox;
mod outbox_claim;
mod outbox_mapper;
mod outbox_row;
mod preference_row;
mod reminder_row;
mod retention;
mod review_due;
