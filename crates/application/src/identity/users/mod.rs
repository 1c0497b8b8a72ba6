//! The people of an institution, as its coordinators and administrators, and an organisation's administrators, keep them.
//!
//! A person is one account over the whole deployment; what is changed here are the memberships in the caller's
//! institution. The account itself is touched only while no other institution has the person.

pub mod create;
pub mod disable;
pub mod enable;
pub mod end_sessions;
pub mod get;
pub mod import;
mod invite;
pub mod list;
mod reach;
pub(super) mod record;
pub mod remove;
pub mod reset_password;
mod roles;
pub(super) mod subject;
pub mod unlock;
pub mod update;

pub(super) use reach::held as held_here;
pub(super) use subject::{changed, load_own_or_within_reach};
