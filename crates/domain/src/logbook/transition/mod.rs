//! The transitions, by whose they are.

pub mod review;
pub mod write;

pub use review::{ReturnTo, Step, StepKind};
pub use write::NewEntry;
