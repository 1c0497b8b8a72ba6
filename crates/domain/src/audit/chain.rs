//! The chain that links each audit record to the one before.

use crate::{
    audit::record::AuditRecord,
    id::{AuditRecordId, TenantId},
};

pub use super::verify::{Break, Problem, Verification, Verifier, verify};

/// What the first link of a chain has for the hash before it.
pub const GENESIS: [u8; 32] = [0; 32];

/// What is hashed begins with this, so that no other hash of the product can pass for a link.
const FORM: &[u8; 12] = b"ipt-chain/1\n";

/// One of the chains: one for the deployment, one for each institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainId {
    /// What concerns the deployment.
    Deployment,
    /// What concerns one institution.
    Tenant(TenantId),
}

impl ChainId {
    /// The chain to which a record belongs.
    pub const fn of(record: &AuditRecord) -> Self {
        match record.tenant {
            None => Self::Deployment,
            Some(tenant) => Self::Tenant(tenant),
        }
    }

    /// The institution, where it is one's.
    pub const fn tenant(self) -> Option<TenantId> {
        match self {
            Self::Deployment => None,
            Self::Tenant(tenant) => Some(tenant),
        }
    }
}

/// The last link of a chain, as it is known from elsewhere: without it, links missing at the end cannot be noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub sequence: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// One link: a record's place in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The chain.
    pub chain: ChainId,
    /// The place in it, from 1, without gaps.
    pub sequence: u64,
    /// The record.
    pub record_id: AuditRecordId,
    /// The hash of the link before; [`GENESIS`] for the first.
    pub previous: [u8; 32],
    /// The hash of this link.
    pub hash: [u8; 32],
}

impl Link {
    /// Links `record` to the end of its chain, after `head`; none begins the chain.
    pub fn append(head: Option<Head>, record: &AuditRecord, hash: impl Fn(&[u8]) -> [u8; 32]) -> Self {
        let (previous, sequence) =
            head.map_or((GENESIS, 1), |head| (head.hash, head.sequence.saturating_add(1)));
        Self {
            chain: ChainId::of(record),
            sequence,
            record_id: record.id,
            previous,
            hash: hash(&link_preimage(&previous, sequence, &record.canonical_bytes())),
        }
    }

    /// Where the chain ends with this link.
    pub const fn head(&self) -> Head {
        Head {
            sequence: self.sequence,
            hash: self.hash,
        }
    }
}

/// The bytes whose hash is a link's: the form's name, the hash before, the number (8 bytes, big-endian), and the record's
/// canonical bytes.
pub fn link_preimage(previous: &[u8; 32], sequence: u64, canonical: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(FORM.len() + 40 + canonical.len());
    bytes.extend_from_slice(FORM);
    bytes.extend_from_slice(previous);
    bytes.extend_from_slice(&sequence.to_be_bytes());
    bytes.extend_from_slice(canonical);
    bytes
}
