//! Where students train: programmes, the organisations that host and their sites, and placements.

pub mod activate_due;
pub mod error;
pub mod organisations;
pub mod placements;
pub mod programmes;
mod record;
pub mod reopen_days;
pub mod sites;
pub mod violation;

pub use error::PlacementError;
pub use violation::RequestViolation;

#[cfg(test)]
mod tests;
