//! Log entries.

mod listing;
mod reader;
mod repository;
mod surroundings;
