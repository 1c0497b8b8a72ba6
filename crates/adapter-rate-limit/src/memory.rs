//! In the memory of one node.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use governor::{
    Quota, RateLimiter as Governor,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use ipt_ports::rate_limiter::{RateKey, RateLimiter, RatePolicy, RateStanding, StoreUnreachable};

/// After how many requests keys that count for nothing any more are dropped, so that memory stays bounded.
const SWEEP_EVERY: u32 = 1_024;

/// Counts in the memory of this node.
pub struct MemoryRateLimiter<C: Clock = DefaultClock> {
    clock: C,
    buckets: RwLock<HashMap<RatePolicy, Arc<Buckets<C>>>>,
}

/// The counters of one policy.
struct Buckets<C: Clock> {
    governor: Governor<RateKey, DashMapStateStore<RateKey>, C, StateInformationMiddleware>,
    counted: AtomicU32,
}

impl Default for MemoryRateLimiter {
    fn default() -> Self {
        Self::with_clock(DefaultClock::default())
    }
}

impl<C: Clock + Clone> MemoryRateLimiter<C> {
    fn with_clock(clock: C) -> Self {
        Self {
            clock,
            buckets: RwLock::default(),
        }
    }

    fn buckets(&self, policy: RatePolicy) -> Arc<Buckets<C>> {
        let known = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(buckets) = known.get(&policy) {
            return Arc::clone(buckets);
        }
        drop(known);
        let mut known = self.buckets.write().unwrap_or_else(PoisonError::into_inner);
        let buckets = known.entry(policy).or_insert_with(|| {
            let quota = Quota::per_minute(policy.per_minute);
            let governor = Governor::new(quota, DashMapStateStore::default(), self.clock.clone());
            Arc::new(Buckets {
                governor,
                counted: AtomicU32::new(0),
            })
        });
        Arc::clone(buckets)
    }

    fn decide(&self, policy: RatePolicy, key: RateKey) -> RateStanding {
        let buckets = self.buckets(policy);
        if buckets.counted.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            buckets.governor.retain_recent();
            buckets.governor.shrink_to_fit();
        }
        match buckets.governor.check_key(&key) {
            Ok(state) => {
                let quota = policy.per_minute.get();
                let remaining = state.remaining_burst_capacity();
                let used = u64::from(quota.saturating_sub(remaining));
                RateStanding {
                    remaining,
                    reset: (used * 60).div_ceil(u64::from(quota)),
                    wait: None,
                }
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                let seconds = (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1);
                RateStanding {
                    remaining: 0,
                    reset: seconds,
                    wait: Some(seconds),
                }
            }
        }
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn count(&self, policy: RatePolicy, key: RateKey) -> RateStanding {
        self.decide(policy, key)
    }

    async fn check(&self) -> Result<(), StoreUnreachable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, time::Duration};

    use governor::clock::FakeRelativeClock;
    use ipt_domain::id::UserId;
    use ipt_ports::rate_limiter::{RateKey, RatePolicy};

    use super::MemoryRateLimiter;

    fn limiter() -> (MemoryRateLimiter<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (MemoryRateLimiter::with_clock(clock.clone()), clock)
    }

    fn policy(per_minute: u32) -> RatePolicy {
        RatePolicy {
            name: "default",
            per_minute: NonZeroU32::new(per_minute).unwrap(),
        }
    }

    fn account(number: u128) -> RateKey {
        RateKey::Account(UserId::new(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn the_quota_is_granted_and_not_one_more() {
        let (limiter, clock) = limiter();
        let policy = policy(120);
        for sent in 1..=120 {
            let standing = limiter.decide(policy, account(1));
            assert_eq!(standing.wait, None, "request {sent}");
            assert_eq!(standing.remaining, 120 - sent);
            assert_eq!(standing.reset, u64::from(sent).div_ceil(2));
        }
        assert_eq!(limiter.decide(policy, account(1)).wait, Some(1));
        assert_eq!(
            limiter.decide(policy, account(2)).wait,
            None,
            "another account pays for the first"
        );
        clock.advance(Duration::from_secs(1));
        assert_eq!(
            limiter.decide(policy, account(1)).wait,
            None,
            "waiting did not help"
        );
    }

    #[test]
    fn policies_are_counted_apart() {
        let (limiter, _) = limiter();
        assert_eq!(limiter.decide(policy(1), account(1)).wait, None);
        assert!(limiter.decide(policy(1), account(1)).wait.is_some());
        assert_eq!(limiter.decide(policy(2), account(1)).wait, None);
    }

    #[test]
    fn keys_of_long_ago_are_forgotten() {
        let (limiter, clock) = limiter();
        let policy = policy(10);
        for number in 0..1_000 {
            limiter.decide(policy, account(number));
        }
        clock.advance(Duration::from_mins(2));
        for _ in 0..super::SWEEP_EVERY {
            limiter.decide(policy, account(0));
        }
        let kept = limiter.buckets(policy).governor.len();
        assert!(kept < 10, "{kept} keys are kept");
    }
}
