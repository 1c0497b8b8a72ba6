//! People and sessions in memory.

mod erasure;
mod reader;
mod repository;
