//! How often somebody may do something.

use std::{net::IpAddr, num::NonZeroU32};

use async_trait::async_trait;
use ipt_domain::id::UserId;

/// For whom requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateKey {
    /// An account.
    Account(UserId),
    /// An address, of somebody who is not signed in.
    Address(IpAddr),
}

/// So many a minute. Who has been silent for a minute may send all of them at once; they come back one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RatePolicy {
    /// Its name on the wire, of letters and underscores.
    pub name: &'static str,
    /// The quota.
    pub per_minute: NonZeroU32,
}

/// How a key stands with a policy, once a request was counted or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateStanding {
    /// How many more may come at once.
    pub remaining: u32,
    /// In how many seconds the quota is whole again, or, after a refusal, until the next may come.
    pub reset: u64,
    /// How many seconds to wait, when this one was refused; at least one.
    pub wait: Option<u64>,
}

/// Counts requests.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one, unless there were too many. It always comes to a decision, and soon: a store that cannot be reached must
    /// stop neither those who keep to the limits nor, for long, the limits.
    async fn count(&self, policy: RatePolicy, key: RateKey) -> RateStanding;

    /// Whether the store in which several nodes count together answers. One that counts by itself has none.
    ///
    /// # Errors
    /// [`StoreUnreachable`].
    async fn check(&self) -> Result<(), StoreUnreachable>;
}

/// The store does not answer; each node counts alone.
#[derive(Debug, thiserror::Error)]
#[error("the store does not answer, and each node counts alone")]
pub struct StoreUnreachable(#[source] pub Box<dyn std::error::Error + Send + Sync>);
