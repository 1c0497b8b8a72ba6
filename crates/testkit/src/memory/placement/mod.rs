//! Programmes, organisations, sites and placements.

mod case;
mod load;
mod onlooker;
mod organisations;
mod placements;
mod programmes;
mod progress;
mod reader;
mod repository;

pub(crate) use onlooker::Outlook;
pub(crate) use progress::is_overdue;
