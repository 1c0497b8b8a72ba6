//! The audit trail and its chains. Records and links are written and read, never changed.

mod chain_reader;
mod filter;
mod link_row;
mod linker;
mod mapper;
mod reader;
mod record_row;
