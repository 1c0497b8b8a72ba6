//! A small world in memory for the tests of the use cases.

mod place;
mod strength;
mod world;

pub(crate) use place::{Place, approve};
pub(crate) use world::{World, at, date, first_page};
