//! What an institution keeps of its people besides their roles: a profile, and sensitive particulars that are sealed
//! before they are stored.

mod change;
pub mod get;
pub mod keys;
pub mod particulars;
pub mod reseal;
pub mod update;
mod violation;

pub use change::ProfileChange;
pub(super) use change::apply;
pub(super) use violation::{Body, number_taken};
pub use violation::{ParticularViolation, ProfileViolation};

#[cfg(test)]
mod tests;
