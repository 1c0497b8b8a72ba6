//! The machine's clock, and ids that ascend with it.

use chrono::{SubsecRound, Utc};
use ipt_domain::Instant;
use ipt_ports::{Clock, IdGenerator};
use uuid::Uuid;

/// The machine's clock, in UTC, cut to microseconds: what the databases keep, so that a value read back is the one written.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the machine's clock enters"
    )]
    fn now(&self) -> Instant {
        Utc::now().trunc_subsecs(6)
    }
}

/// UUIDv7 (RFC 9562): the milliseconds, then a counter that ascends within them, then random bits.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidV7Generator;

impl IdGenerator for UuidV7Generator {
    /// The ids of one process ascend, whatever the thread, and although the machine's clock may be set back.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where ids are made"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::Timelike;

    use super::*;

    #[test]
    fn the_time_has_nothing_finer_than_microseconds() {
        for _ in 0..1_000 {
            assert_eq!(SystemClock.now().nanosecond() % 1_000, 0);
        }
    }

    #[test]
    fn ids_of_one_thread_ascend_and_ids_of_several_never_meet() {
        let threads: Vec<_> = (0..4)
            .map(|_| std::thread::spawn(|| (0..5_000).map(|_| UuidV7Generator.next()).collect::<Vec<_>>()))
            .collect();
        let mut seen = HashSet::new();
        for thread in threads {
            let ids = thread.join().expect("the thread ends well");
            assert!(ids.is_sorted_by(|one, next| one < next));
            assert!(ids.iter().all(|id| id.get_version_num() == 7 && seen.insert(*id)));
        }
        assert_eq!(seen.len(), 20_000);
    }
}
