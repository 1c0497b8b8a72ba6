//! Locking an account against guessing: five failures within fifteen minutes lock it for fifteen minutes.

use chrono::TimeDelta;

use crate::Instant;

/// How many failures within [`WINDOW`] lock an account.
pub const MAX_FAILURES: u32 = 5;

/// Within which time failures add up, and for how long a lock holds.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// The recent failures of an account. It is cleared by time as well as by success: a failure after the window, or after
/// a lock, is the first of a new count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Lockout {
    failures: u32,
    since: Option<Instant>,
    locked_until: Option<Instant>,
}

impl Lockout {
    /// Rebuilds a count from storage.
    pub const fn from_parts(failures: u32, since: Option<Instant>, locked_until: Option<Instant>) -> Self {
        Self {
            failures,
            since,
            locked_until,
        }
    }

    /// The failures counted since [`since`](Self::since).
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// When the first of them was.
    pub const fn since(&self) -> Option<Instant> {
        self.since
    }

    /// Until when the account is locked, if it ever was.
    pub const fn locked_until(&self) -> Option<Instant> {
        self.locked_until
    }

    /// Whether the account is locked.
    pub fn is_locked(&self, now: Instant) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// Counts a failure. While locked, nothing is counted: the lock does not grow.
    #[must_use]
    pub fn after_failure(self, now: Instant) -> Self {
        if self.is_locked(now) {
            return self;
        }
        let continues = self.locked_until.is_none() && self.since.is_some_and(|since| now - since < WINDOW);
        let (failures, since) = if continues {
            (self.failures + 1, self.since)
        } else {
            (1, Some(now))
        };
        let locked_until = (failures >= MAX_FAILURES).then(|| now + WINDOW);
        Self {
            failures,
            since,
            locked_until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32, second: u32) -> Instant {
        "2026-07-06T08:00:00Z".parse::<Instant>().unwrap()
            + TimeDelta::seconds(i64::from(minute * 60 + second))
    }

    fn failing(times: &[Instant]) -> Lockout {
        times
            .iter()
            .fold(Lockout::default(), |lockout, at| lockout.after_failure(*at))
    }

    #[test]
    fn the_fifth_failure_within_fifteen_minutes_locks_for_fifteen_minutes() {
        let four = failing(&[at(0, 0), at(1, 0), at(2, 0), at(3, 0)]);
        assert!(!four.is_locked(at(3, 0)));
        let five = four.after_failure(at(14, 59));
        assert!(five.is_locked(at(29, 58)));
        assert!(!five.is_locked(at(29, 59)));
    }

    #[test]
    fn failures_spread_over_more_than_fifteen_minutes_do_not_lock() {
        let spread = failing(&[at(0, 0), at(4, 0), at(8, 0), at(12, 0), at(15, 0)]);
        assert!(!spread.is_locked(at(15, 0)));
        assert_eq!(spread.failures(), 1);
    }

    #[test]
    fn a_slip_after_the_lock_does_not_lock_again() {
        let locked = failing(&[at(0, 0), at(0, 1), at(0, 2), at(0, 3), at(0, 4)]);
        let slip = locked.after_failure(at(16, 0));
        assert!(!slip.is_locked(at(16, 0)));
        assert_eq!(slip.failures(), 1);
    }

    #[test]
    fn guessing_on_during_the_lock_does_not_make_it_longer() {
        let locked = failing(&[at(0, 0), at(0, 1), at(0, 2), at(0, 3), at(0, 4)]);
        assert_eq!(locked.after_failure(at(10, 0)), locked);
    }
}
