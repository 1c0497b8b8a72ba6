//! A clock that is moved along.

use std::sync::{Mutex, PoisonError};

use ipt_domain::Instant;
use ipt_ports::Clock;

/// A clock that stands until it is moved, and is never set back.
#[derive(Debug)]
pub(super) struct SteppingClock(Mutex<Instant>);

impl SteppingClock {
    /// A clock that stands at `at`.
    pub(super) const fn at(at: Instant) -> Self {
        Self(Mutex::new(at))
    }

    /// Moves it on to `at`; one that is there already, or later, stays.
    pub(super) fn move_to(&self, at: Instant) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = at.max(*now);
    }
}

impl Clock for SteppingClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_forward_only() {
        let (morning, noon) = (
            "2026-07-06T06:00:00Z".parse().unwrap(),
            "2026-07-06T12:00:00Z".parse().unwrap(),
        );
        let clock = SteppingClock::at(morning);
        clock.move_to(noon);
        assert_eq!(clock.now(), noon);
        clock.move_to(morning);
        assert_eq!(clock.now(), noon);
    }
}
