//! People, memberships and sessions.

mod data_exports;
mod directory;
mod erasure;
mod mailed_secrets;
mod profiles;
mod reader;
mod repository;
mod roles;
mod sessions;
