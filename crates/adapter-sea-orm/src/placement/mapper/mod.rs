//! Between rows and what placements are made of.

pub(crate) mod organisation;
pub(crate) mod placement;
pub(crate) mod programme;
pub(crate) mod site;
