//! Ids that are the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use ipt_ports::IdGenerator;
use uuid::{Builder, Uuid};

/// Makes ascending UUIDv7 from a seed: reproducible, and different for different seeds.
#[derive(Debug)]
pub struct SeededIds {
    seed: u16,
    made: AtomicU64,
}

impl SeededIds {
    /// Ids of this seed.
    pub const fn new(seed: u16) -> Self {
        Self {
            seed,
            made: AtomicU64::new(0),
        }
    }
}

impl IdGenerator for SeededIds {
    fn next(&self) -> Uuid {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        let mut random = [0_u8; 10];
        random[..2].copy_from_slice(&self.seed.to_be_bytes());
        random[2..].copy_from_slice(&made.to_be_bytes());
        Builder::from_unix_timestamp_millis(made, &random).into_uuid()
    }
}
