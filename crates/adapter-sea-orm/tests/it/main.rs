//! The contract of the ports, kept on SQLite and on PostgreSQL alike.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where something is not as it must be"
)]

mod support;

mod availability;
mod contract_audit;
mod contract_data_exports;
mod contract_directory;
mod contract_erasure;
mod contract_idempotency;
mod contract_insight;
mod contract_linking;
mod contract_log_lists;
mod contract_log_pages;
mod contract_logbook;
mod contract_mailed_secrets;
mod contract_notifications;
mod contract_outbox;
mod contract_people;
mod contract_placement;
mod contract_placement_races;
mod contract_profiles;
mod contract_programmes;
mod contract_retention;
mod contract_roles;
mod contract_sessions;
mod contract_statistics;
mod contract_supervisor_caps;
mod contract_surroundings;
mod contract_tenancy;
mod damage;
mod isolation;
mod migrations;
mod statements;
