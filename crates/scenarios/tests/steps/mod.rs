//! The sentences of the scenarios, and what they do.

mod calendar;
mod many;
mod outcomes;
mod params;
mod people;
mod placements;
mod positions;
mod programme;
mod reviews;
mod seeing;
mod student;
pub(crate) mod term;
