//! Use cases over the ports in memory, by the real rules.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where something is not as it must be"
)]

mod audit_chain;
mod audit_checkpoints;
mod audit_export;
mod delivery;
mod logbook_files;
mod logbook_lists;
mod logbook_races;
mod logbook_review;
mod logbook_writing;
mod reminders;
mod support;
