//! The audit trail: linking its records into chains, verifying these and taking checkpoints of them; browsing and exporting.

pub mod browse;
pub mod checkpoint;
pub mod error;
pub mod export;
mod filter;
pub mod link;
mod look;
pub mod refused;
pub mod verify;

pub use error::AuditError;
pub use filter::Filter;

use sha2::{Digest, Sha256};

/// The hash of the chains.
fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests;
