//! Time and ids, as arguments rather than as something ambient.

use ipt_domain::Instant;
use uuid::Uuid;

/// Tells the time, cut to microseconds, which is what the databases keep.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Instant;
}

/// Makes ids.
pub trait IdGenerator: Send + Sync {
    /// A fresh UUIDv7; ids of one generator ascend.
    fn next(&self) -> Uuid;
}
