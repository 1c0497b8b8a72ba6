//! Institutions and their holidays.

mod holiday_row;
pub(crate) mod mapper;
mod reader;
mod repository;
pub(crate) mod tenant_row;
