//! The use cases: one module each, with its command and one `execute`.
//!
//! Each goes the same way: load → authorise → decide → save, with the event and the audit record in the same transaction
//! → commit. Rules are in `ipt-domain`; what lies outside comes in through [`Services`], as ports. A new use case is a
//! new file in its context's room, called by one endpoint or by the worker.

pub mod access;
pub mod audit;
pub mod caller;
pub mod concurrency;
pub mod engagement;
pub mod identity;
pub mod insight;
pub mod logbook;
pub mod placement;
pub mod rules;
pub mod services;
pub mod tenancy;
pub mod trail;
pub mod zone;

pub use caller::{Caller, Origin};
pub use services::{Services, Settings};

#[cfg(test)]
mod tests;
