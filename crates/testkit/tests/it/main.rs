//! The ports in memory, where the contract that every database keeps says nothing, or cannot be asked in memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails where something is not as it must be"
)]

mod figures;
mod onlookers;
mod reviews_due;
mod support;
mod unit_of_work;
