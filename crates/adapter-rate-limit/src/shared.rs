//! For all nodes together, as long as the shared store answers.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use ipt_ports::rate_limiter::{RateKey, RateLimiter, RatePolicy, RateStanding, StoreUnreachable};
use secrecy::SecretString;
use tokio::time::Instant;

use crate::{
    memory::MemoryRateLimiter,
    redis_store::{AddressError, Store},
};

/// How long a store that failed is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// Counts in Redis, for all nodes together; while that fails, in the memory of this node, with the same limits.
pub struct SharedRateLimiter {
    store: Store,
    own: MemoryRateLimiter,
    failed: Mutex<Option<Instant>>,
}

impl SharedRateLimiter {
    /// Counts in the Redis of an address. It need not be there yet. A decision of it, and a connection, is waited for as
    /// long as `patience`: no request must be held up by its counting.
    ///
    /// # Errors
    /// When the address is none.
    pub fn at(url: &SecretString, patience: Duration) -> Result<Self, AddressError> {
        Ok(Self {
            store: Store::at(url, patience)?,
            own: MemoryRateLimiter::default(),
            failed: Mutex::new(None),
        })
    }

    /// Whether the store failed a moment ago. After the pause one request at a time finds out whether it still does.
    fn is_left_alone(&self) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        match *failed {
            Some(at) if at.elapsed() < PAUSE => true,
            Some(_) => {
                *failed = Some(Instant::now());
                false
            }
            None => false,
        }
    }

    /// Notes whether the store answered, and tells when that has changed.
    fn note(&self, failure: Option<&redis::RedisError>) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *failed, failure.map(|_| Instant::now()));
        match (before, failure) {
            (None, Some(error)) => {
                let kind = error.kind();
                tracing::warn!(
                    ?kind,
                    "requests are counted by each node alone: Redis does not answer"
                );
            }
            (Some(_), None) => tracing::info!("requests are counted in Redis again"),
            (None, None) | (Some(_), Some(_)) => {}
        }
    }
}

#[async_trait]
impl RateLimiter for SharedRateLimiter {
    async fn count(&self, policy: RatePolicy, key: RateKey) -> RateStanding {
        if !self.is_left_alone() {
            match self.store.count(policy, key).await {
                Ok(standing) => {
                    self.note(None);
                    return standing;
                }
                Err(error) => self.note(Some(&error)),
            }
        }
        self.own.count(policy, key).await
    }

    async fn check(&self) -> Result<(), StoreUnreachable> {
        let answered = self.store.check().await;
        answered.map_err(|error| StoreUnreachable(Box::new(error)))
    }
}
