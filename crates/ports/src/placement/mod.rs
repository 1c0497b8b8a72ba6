//! Programmes, organisations, sites and placements.

pub mod reader;
pub mod repository;
pub mod views;

pub use reader::PlacementReader;
pub use repository::{Namesakes, PlacementChange, PlacementRepository, StudentCount, SupervisorCaps};
pub use views::{
    DayOfProgress, NameSort, OrganisationFilter, OrganisationView, PlacementCase, PlacementFilter,
    PlacementSort, PlacementView,
};
