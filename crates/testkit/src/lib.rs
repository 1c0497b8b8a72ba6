//! Doubles for tests: a clock and ids that a test controls, the ports in memory ([`memory`]), a mail server and an object
//! store that run in the test's own process; and things to fill them with ([`builders`], [`world`]).

pub mod builders;
pub mod clock;
pub mod ids;
pub mod memory;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(feature = "s3")]
pub mod s3;
#[cfg(feature = "smtp")]
pub mod smtp;
pub mod world;

pub use clock::MockClock;
pub use ids::SeededIds;
