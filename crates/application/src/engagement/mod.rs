//! Telling people: the worker's side of the outbox, notifications, mails and reminders.
//!
//! A change leaves its event in the outbox, in its own transaction. [`deliver`] takes messages from there, each at least
//! once: an event becomes notifications and mails to those whom it concerns, a mail goes to the mail server, and a file
//! that nothing refers to is removed. [`reminders`] and [`retention`] run on a schedule. [`notifications`], [`preferences`]
//! and [`jobs`] are for people.

mod backoff;
pub mod deliver;
pub mod error;
mod facts;
mod handlers;
pub mod jobs;
pub mod kind;
pub mod notifications;
mod payload;
pub mod preferences;
pub mod reminders;
pub mod retention;
mod tell;

pub use error::{EngagementError, EngagementViolation};
pub use kind::Kind;
pub(crate) use payload::{About, DaysReopened, account_mail};

#[cfg(test)]
mod tests;
