//! People, memberships and sessions.

mod directory;
mod reader;
mod repository;
mod sessions;
