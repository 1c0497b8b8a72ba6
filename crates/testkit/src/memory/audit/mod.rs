//! The audit trail and its chains.

mod linker;
mod reader;
mod trail;
