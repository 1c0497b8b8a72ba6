//! The rules of industrial practical training, and nothing else.
//!
//! A student writes a log of each day at a company; the company's supervisor verifies it; the university's supervisor
//! validates it, and credit is awarded. This crate decides what may happen, by whom and when. It has no clock, no
//! randomness, no I/O and no runtime: the time, the ids and the acting person come in as arguments, and a decision goes
//! out as a value.
//!
//! Rooms, one per context: [`logbook`] (the verification chain), [`placement`] (programmes, organisations, sites and
//! placements), [`tenancy`] (institutions and their calendars), [`identity`] (people, roles and permissions),
//! [`audit`] (the canonical form of an audit record).

pub mod actor;
pub mod audit;
pub mod error;
pub mod id;
pub mod identity;
pub mod logbook;
pub mod placement;
pub mod tenancy;
pub mod text;
pub mod version;

/// A point in time, in UTC. Microseconds are kept; finer parts are cut by the clock that made it.
pub type Instant = chrono::DateTime<chrono::Utc>;
