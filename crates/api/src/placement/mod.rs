//! Where students train: programmes, organisations and their sites, and placements.

mod error;
mod organisations;
mod placements;
mod programmes;
mod sites;

use ipt_ports::{
    page::{Direction, Sort},
    placement::NameSort,
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Sortable;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    programmes::configure(config);
    organisations::configure(config);
    sites::configure(config);
    placements::configure(config);
}

impl Sortable for NameSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("created_at", Self::CreatedAt)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::Name,
        direction: Direction::Ascending,
    };
}
