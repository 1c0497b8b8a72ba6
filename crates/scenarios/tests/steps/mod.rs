//! The sentences of the scenarios, and what they do.

mod calendar;
mod deciding;
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
mod supervisors;
pub(crate) mod term;
mod told;
