//! Dashboards.

pub mod coordinator_dashboard;
pub mod error;

pub use error::InsightError;

#[cfg(test)]
mod tests;
