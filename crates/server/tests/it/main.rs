//! The product from outside: over HTTP, on real databases, with a real mail server and a real object store.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where its world breaks"
)]

#[macro_use]
mod support;

mod accounts;
mod audit_checkpoints;
mod audit_export;
mod audit_trail;
mod bad_input;
mod browser;
mod chain;
mod concurrency;
mod directory;
mod edge;
mod encryption;
mod encryption_keys;
mod erasing;
mod exports;
mod files;
mod full_disk;
mod hostile_tokens;
mod imports;
mod invitations;
mod keepers;
mod keys;
mod lists;
mod mails;
mod matrix;
mod matrix_versions;
mod nodes;
mod operation;
mod outages;
mod particulars;
mod passwords;
mod placements;
mod positions;
mod profiles;
mod retention;
mod roles;
mod seeds;
mod sessions;
mod sign_in;
mod slow_clients;
mod tenants;
