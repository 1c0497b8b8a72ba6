//! PostgreSQL and SQLite behind the ports, from one set of entities.
//!
//! [`SeaDatabase`] opens transactions; each is a [`UnitOfWork`](ipt_ports::UnitOfWork) or a
//! [`Reader`](ipt_ports::Reader), and implements every repository itself. [`migration`] makes the tables.
//!
//! # How statements reach the database
//! All of them pass `connection::Connection`, which counts them and notices failures. sea-orm's entities and builder make
//! most. The hottest writes are built by `writes::Writes`, which turns a guarded change and all that depends on it (rows,
//! messages, audit record) into one statement on PostgreSQL; the hottest read is put together in
//! `logbook::surroundings`.
//!
//! # How rows are kept apart
//! Twice. Each query names the institutions of its [`Scope`](ipt_ports::Scope) in its own condition
//! (`scope::within`). On PostgreSQL the transaction carries the scope as well (`ipt.tenants`, `ipt.system`, set as it
//! begins), connections take a role that cannot bypass row-level security, and the policies of the last migration compare.
//!
//! # How to add a repository
//! 1. A migration with the tables, and their policies. Indexes name the query that they serve.
//! 2. `src/<context>/<thing>_row.rs`: the entity, not `pub`. `mapper.rs`: rows to domain types; a row that breaks an
//!    invariant is a [`Corruption`](ipt_domain::error::Corruption) that names table, column and id, never a panic.
//! 3. `reader.rs` and `repository.rs`: the traits of the port, implemented for `SeaUnitOfWork`. Conditions begin with
//!    `scope::within`; lists go through `keyset::page`; an update names id, institution and version and goes through
//!    `guarded`, where zero rows are [`RepositoryError::Stale`](ipt_ports::RepositoryError::Stale); each change ends with
//!    its trail.
//! 4. Tests against the port's trait in `tests/it`, run on both databases.

mod audit;
mod cells;
mod connect;
mod connection;
mod database;
mod dialect;
mod engagement;
mod error;
mod fold;
mod guarded;
mod identity;
mod insight;
mod joined;
mod keyset;
mod lease;
mod logbook;
mod meter;
pub mod migration;
mod number;
mod placement;
mod scope;
mod silence;
mod tenancy;
mod trail;
mod unit_of_work;
mod writer;
mod writes;

pub use connect::{APPLICATION_ROLE, ConnectOptions};
pub use database::SeaDatabase;
pub use dialect::Dialect;
pub use meter::Traced;
