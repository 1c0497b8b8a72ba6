//! Institutions.

mod reader;
mod repository;
