//! The contract of the ports, kept on SQLite and on PostgreSQL alike.

mod support;

mod contract_audit;
mod contract_idempotency;
mod contract_insight;
mod contract_linking;
mod contract_log_pages;
mod contract_logbook;
mod contract_notifications;
mod contract_outbox;
mod contract_placement;
mod contract_people;
mod contract_sessions;
mod contract_tenancy;
mod damage;
mod isolation;
mod migrations;
mod statements;
