//! The audit trail: linking its records into chains, verifying these, and browsing.

pub mod browse;
pub mod error;
pub mod link;
mod look;
pub mod verify;

pub use error::AuditError;

use sha2::{Digest, Sha256};

/// The hash of the chains.
fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests;
