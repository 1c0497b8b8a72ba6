//! When a message that failed is tried again.

use chrono::TimeDelta;
use ipt_domain::{Instant, id::JobId};
use ipt_ports::engagement::Topic;

/// After so many tries a message is given up.
pub(super) const MAX_ATTEMPTS: u32 = 12;

/// The first wait of a mail: doubled each time, the last try comes after some 23 hours. A mail server may be down for a
/// day.
const MAIL_BASE: TimeDelta = TimeDelta::seconds(40);

/// The first wait of anything else: doubled each time, the last try comes after some 3 hours.
const OTHER_BASE: TimeDelta = TimeDelta::seconds(5);

/// When the next try comes after `attempts` tries; none when there were enough.
pub(super) fn next_try(topic: Topic, id: JobId, attempts: u32, now: Instant) -> Option<Instant> {
    if attempts >= MAX_ATTEMPTS {
        return None;
    }
    let base = match topic {
        Topic::Mail => MAIL_BASE,
        Topic::LogTransition | Topic::PlacementTransition | Topic::DaysReopened | Topic::RemoveBlob => {
            OTHER_BASE
        }
    };
    let doubled = 1_i64.checked_shl(attempts.saturating_sub(1)).unwrap_or(i64::MAX);
    let wait = base.num_milliseconds().saturating_mul(doubled);
    Some(now + TimeDelta::milliseconds(wait / 1_000 * jitter(id, attempts)))
}

/// From 850 to 1149 thousandths, by the id and the number of the try: messages that failed together do not come back
/// together, and a test knows when.
fn jitter(id: JobId, attempts: u32) -> i64 {
    let seed = id.uuid().into_bytes().into_iter().chain(attempts.to_be_bytes());
    // FNV-1a: spreads well enough, and needs nothing.
    let spread = seed.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    850 + i64::try_from(spread % 300).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::tests::at;

    fn waits(topic: Topic, id: u128) -> Vec<TimeDelta> {
        let (id, now) = (JobId::new(Uuid::from_u128(id)), at("2026-07-06T08:00:00Z"));
        (1..MAX_ATTEMPTS)
            .filter_map(|attempts| Some(next_try(topic, id, attempts, now)? - now))
            .collect()
    }

    #[test]
    fn a_message_is_tried_twelve_times_with_longer_and_longer_waits() {
        let waits = waits(Topic::LogTransition, 7);
        assert_eq!(waits.len(), 11);
        assert!(waits.is_sorted());
        let all: TimeDelta = waits.iter().sum();
        assert!(all > TimeDelta::hours(2) && all < TimeDelta::hours(4), "{all}");
        let id = JobId::new(Uuid::from_u128(7));
        assert_eq!(
            next_try(Topic::LogTransition, id, 12, at("2026-07-06T08:00:00Z")),
            None
        );
    }

    #[test]
    fn a_mail_waits_for_a_server_that_is_down_for_a_day() {
        let all: TimeDelta = waits(Topic::Mail, 7).iter().sum();
        assert!(all > TimeDelta::hours(19) && all < TimeDelta::hours(27), "{all}");
    }

    #[test]
    fn messages_that_failed_together_do_not_come_back_together() {
        let first: std::collections::BTreeSet<_> = (0..100).map(|id| waits(Topic::Mail, id)[3]).collect();
        assert!(first.len() > 50, "{} different waits", first.len());
    }
}
