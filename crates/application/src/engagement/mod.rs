//! Telling people: the outbox and its handlers, notifications, reminders; and what failed.

pub mod clean_up;
pub mod deliver;
pub mod error;
mod failure;
mod handle_log_transition;
mod handle_mail;
mod handle_placement_transition;
mod handle_remove_blob;
pub mod failed_jobs;
pub mod notifications;
pub mod remind;
mod telling;

pub use error::EngagementError;
