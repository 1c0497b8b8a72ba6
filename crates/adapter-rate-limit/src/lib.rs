//! Counting requests: in the memory of one node ([`MemoryRateLimiter`]), or for all nodes of a deployment together, in Redis
//! ([`SharedRateLimiter`]).
//!
//! Both count by the generic cell rate algorithm: of a key only the moment is kept at which its quota is whole again.

mod memory;
mod redis_store;
mod shared;

pub use memory::MemoryRateLimiter;
pub use redis_store::AddressError;
pub use shared::SharedRateLimiter;
