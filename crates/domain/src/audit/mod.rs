//! The audit trail: what is chained, and how a chain is verified.
//!
//! Each record is linked to the one before by its hash, in a chain per institution and one for the deployment. What is
//! chained are ids and digests only; personal values stand beside it, so that erasing a person leaves the chain
//! verifiable. Hashing itself lies outside of this crate: a hash function is passed in.

pub mod chain;
pub mod checkpoint;
pub mod record;
pub mod verify;
