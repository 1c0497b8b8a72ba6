//! A clock that stands until a test moves it.

use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use ipt_domain::Instant;
use ipt_ports::Clock;

/// A clock that a test sets.
#[derive(Debug)]
pub struct MockClock(Mutex<Instant>);

impl MockClock {
    /// A clock that stands at `at`.
    pub const fn at(at: Instant) -> Self {
        Self(Mutex::new(at))
    }

    /// Moves it to `at`.
    pub fn set(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves it on.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for MockClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
