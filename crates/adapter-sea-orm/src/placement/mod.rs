//! Programmes, organisations, sites and placements.

mod case;
mod directory;
mod event_row;
mod load;
pub(crate) mod mapper;
pub(crate) mod onlooker;
mod organisation_row;
mod organisations;
mod placement_row;
mod placements;
pub(crate) mod policy_row;
mod programme_row;
mod programmes;
mod progress;
mod reader;
mod relation_row;
mod repository;
pub(crate) mod site_row;
mod sites;
mod student_hold_row;
mod supervisor_hold_row;

pub(crate) use case::{CaseSql, cases, push_among};
