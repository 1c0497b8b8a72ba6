//! How long a body may take to come.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use crate::{codes::protocol::MALFORMED_REQUEST, problem::Problem};

/// How fast a long body comes at least, in bytes a second: slower than the slowest connection that a phone has.
const SLOWEST: u64 = 1_024;

/// Waits for the chunks of a body: never longer than the setting says for one, and for all together no longer than that and
/// the time that they take at the slowest pace. So a client that sends a byte now and then holds nothing for long.
#[derive(Debug)]
pub(crate) struct Patience {
    silence: Duration,
    begun: Instant,
    received: u64,
    is_lost: bool,
}

/// The body came too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooSlow;

impl From<TooSlow> for Problem {
    fn from(_: TooSlow) -> Self {
        Self::new(MALFORMED_REQUEST).detail("the body came too slowly")
    }
}

impl Patience {
    /// Begins now, with a body that may be silent for so long.
    pub(crate) fn new(silence: Duration) -> Self {
        Self {
            silence,
            begun: Instant::now(),
            received: 0,
            is_lost: false,
        }
    }

    /// Counts bytes that came.
    pub(crate) fn note(&mut self, bytes: usize) {
        self.received = self.received.saturating_add(bytes as u64);
    }

    /// What comes next.
    ///
    /// # Errors
    /// [`TooSlow`].
    pub(crate) async fn wait_for<T>(&mut self, next: impl Future<Output = T>) -> Result<T, TooSlow> {
        let came = tokio::time::timeout(self.left(), next).await;
        self.is_lost = came.is_err();
        came.map_err(|_| TooSlow)
    }

    /// Whether something was waited for in vain.
    pub(crate) const fn is_lost(&self) -> bool {
        self.is_lost
    }

    fn left(&self) -> Duration {
        let all = self.silence + Duration::from_secs(self.received / SLOWEST);
        all.saturating_sub(self.begun.elapsed()).min(self.silence)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Patience, TooSlow};

    #[tokio::test]
    async fn whoever_sends_nothing_in_time_is_too_slow() {
        let mut patience = Patience::new(Duration::from_millis(1));
        assert_eq!(patience.wait_for(std::future::ready(7)).await, Ok(7));
        assert!(!patience.is_lost());
        assert_eq!(
            patience.wait_for(std::future::pending::<()>()).await,
            Err(TooSlow)
        );
        assert!(patience.is_lost());
    }

    #[test]
    fn what_came_earns_time_and_never_more_than_the_silence_at_once() {
        let mut patience = Patience::new(Duration::from_secs(20));
        let begun = patience.begun;
        patience.begun = begun.checked_sub(Duration::from_secs(30)).unwrap();
        assert_eq!(patience.left(), Duration::ZERO, "thirty seconds and nothing");
        patience.note(15 * 1_024);
        let left = patience.left();
        assert!(
            left <= Duration::from_secs(5) && left > Duration::from_secs(3),
            "{left:?}"
        );
        patience.note(10_000_000);
        assert_eq!(patience.left(), Duration::from_secs(20));
    }
}
