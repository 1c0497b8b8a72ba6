//! A small world in memory for the tests of the use cases: one state behind all repositories, copied when a unit of work
//! begins and put back when it is committed, so that dropping one undoes everything.

mod audit;
mod data_exports;
mod doubles;
mod engagement;
mod identity;
mod insight;
mod logbook;
mod mailed_secrets;
mod place;
mod placement;
mod placing;
mod profiles;
mod retention;
mod roles;
mod state;
mod tenancy;
mod work;
mod world;

pub(crate) use doubles::MailWeather;
pub(crate) use place::Place;
pub(crate) use state::{Queued, QueuedState, State};
pub(crate) use world::{World, at, date, first_page};
