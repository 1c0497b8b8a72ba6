//! The verification chain: a student's daily log goes to industry, to the academic side, and becomes credit.
//!
//! A [`LogEntry`](entry::LogEntry) is what one student did on one day of one placement. Each transition is a method that
//! consumes the entry and returns a [`Decision`](decision::Decision) — the entry as it is afterwards, the review record
//! and exactly one event — or a [`Refusal`](refusal::Refusal) that says why not, and what is allowed instead.
//!
//! The checks come in one order everywhere: the entry exists for this person, the person may (permission, then relation,
//! then separation of duties), the version is the one seen, the state allows it, then the guards on the content, all of
//! these together.

pub mod action;
pub mod anomaly;
pub mod attachment;
pub mod authority;
pub mod circumstances;
pub mod content;
pub mod credit;
pub mod decision;
pub mod due;
pub mod entry;
pub mod event;
pub mod file_name;
pub mod guard;
pub mod hours;
pub mod input;
pub mod kind;
pub mod location;
pub mod nearby;
pub mod parts;
pub mod refusal;
pub mod report;
pub mod review;
pub mod skill;
pub mod state;
pub mod transition;
pub mod violation;
pub mod visibility;

#[cfg(test)]
mod tests;
