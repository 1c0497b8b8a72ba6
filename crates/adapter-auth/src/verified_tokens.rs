//! Tokens whose signature was checked a moment ago.

use ipt_domain::Instant;
use ipt_ports::identity::AccessClaims;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

/// Remembers what verified tokens say, by the SHA-256 of each, so that the token itself is kept nowhere. Ending a session
/// needs nothing here: whether the session lives is asked at each request, after the token. Bounded in number; a token
/// that has run out is forgotten when it is next asked for.
#[derive(Debug)]
pub(crate) struct VerifiedTokens(Cache<[u8; 32], AccessClaims>);

impl VerifiedTokens {
    pub(crate) fn new(largest: u64) -> Self {
        Self(Cache::new(largest))
    }

    pub(crate) fn get(&self, key: &[u8; 32], now: Instant) -> Option<AccessClaims> {
        let claims = self.0.get(key)?;
        if now < claims.expires_at {
            return Some(claims);
        }
        self.0.invalidate(key);
        None
    }

    pub(crate) fn insert(&self, key: [u8; 32], claims: AccessClaims) {
        self.0.insert(key, claims);
    }

    pub(crate) fn key(token: &str) -> [u8; 32] {
        Sha256::digest(token.as_bytes()).into()
    }
}

#[cfg(test)]
impl VerifiedTokens {
    /// How many are remembered, once the cache has put its house in order.
    pub(crate) fn len(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.entry_count()
    }
}
