//! One policy: so many requests a minute for each key.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};

use super::key::Key;

/// The window of every policy, in seconds.
const WINDOW: u32 = 60;
/// After how many requests keys that count for nothing any more are dropped, so that memory stays bounded.
const SWEEP_EVERY: u32 = 1_024;

/// One policy, with the counters of all keys.
pub(super) struct Limiter<C: Clock = DefaultClock> {
    name: &'static str,
    quota: NonZeroU32,
    buckets: RateLimiter<Key, DashMapStateStore<Key>, C, StateInformationMiddleware>,
    clock: C,
    counted: AtomicU32,
}

/// How a key stands with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The policy's name.
    pub(super) name: &'static str,
    quota: NonZeroU32,
    remaining: u32,
    reset: u64,
    /// The seconds to wait, when there were too many.
    pub(super) wait: Option<u64>,
}

impl Limiter {
    /// So many a minute.
    pub(super) fn per_minute(name: &'static str, quota: NonZeroU32) -> Self {
        Self::with_clock(name, quota, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limiter<C> {
    fn with_clock(name: &'static str, quota: NonZeroU32, clock: C) -> Self {
        let buckets = RateLimiter::new(
            Quota::per_minute(quota),
            DashMapStateStore::default(),
            clock.clone(),
        );
        Self {
            name,
            quota,
            buckets,
            clock,
            counted: AtomicU32::new(0),
        }
    }

    /// Counts one request for `key`.
    pub(super) fn count(&self, key: &Key) -> Standing {
        if self.counted.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.buckets.retain_recent();
            self.buckets.shrink_to_fit();
        }
        let (name, quota) = (self.name, self.quota);
        match self.buckets.check_key(key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = u64::from(quota.get().saturating_sub(remaining));
                let reset = (used * u64::from(WINDOW)).div_ceil(u64::from(quota.get()));
                Standing {
                    name,
                    quota,
                    remaining,
                    reset,
                    wait: None,
                }
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                let seconds = seconds.max(1);
                Standing {
                    name,
                    quota,
                    remaining: 0,
                    reset: seconds,
                    wait: Some(seconds),
                }
            }
        }
    }
}

impl Standing {
    /// The policy, as in `RateLimit-Policy`.
    pub(super) fn policy(&self) -> String {
        format!("\"{}\";q={};w={WINDOW}", self.name, self.quota)
    }

    /// What is left of it, as in `RateLimit`.
    pub(super) fn remaining(&self) -> String {
        format!("\"{}\";r={};t={}", self.name, self.remaining, self.reset)
    }
}

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, time::Duration};

    use governor::clock::FakeRelativeClock;
    use ipt_domain::id::UserId;

    use super::{super::key::Key, Limiter};

    fn limiter(quota: u32) -> (Limiter<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (
            Limiter::with_clock("default", NonZeroU32::new(quota).unwrap(), clock.clone()),
            clock,
        )
    }

    fn account(number: u128) -> Key {
        Key::Account(UserId::new(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn the_quota_is_granted_and_not_one_more() {
        let (limiter, clock) = limiter(120);
        for sent in 1..=120 {
            let standing = limiter.count(&account(1));
            assert_eq!(standing.wait, None, "request {sent}");
            assert_eq!(
                standing.remaining(),
                format!("\"default\";r={};t={}", 120 - sent, (sent + 1) / 2)
            );
        }
        let refused = limiter.count(&account(1));
        assert_eq!(refused.wait, Some(1));
        assert_eq!(refused.policy(), "\"default\";q=120;w=60");
        assert_eq!(
            limiter.count(&account(2)).wait,
            None,
            "another account pays for the first"
        );
        clock.advance(Duration::from_secs(1));
        assert_eq!(limiter.count(&account(1)).wait, None, "waiting did not help");
    }

    #[test]
    fn keys_of_long_ago_are_forgotten() {
        let (limiter, clock) = limiter(10);
        for number in 0..1_000 {
            limiter.count(&account(number));
        }
        clock.advance(Duration::from_mins(2));
        for _ in 0..super::SWEEP_EVERY {
            limiter.count(&account(0));
        }
        assert!(
            limiter.buckets.len() < 10,
            "{} keys are kept",
            limiter.buckets.len()
        );
    }
}
