//! Between rows and log entries.

mod draft;
mod entry;
mod file;
mod review;
mod state;
mod submission;

pub(super) use entry::{entry, new_columns, submitted_columns, working_columns};
pub(super) use file::{file, file_columns};
pub(super) use review::{review, review_columns};
pub(super) use submission::revision;
