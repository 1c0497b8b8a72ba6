//! Placements: one student at one organisation for one period.

mod create;
mod dto;
mod get;
mod list;
mod progress;
mod reopen_days;
mod steps;
mod update;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_placements)
        .service(create::create_placement)
        .service(reopen_days::reopen_days)
        .service(get::get_placement)
        .service(update::update_placement)
        .service(progress::placement_progress);
    steps::configure(config);
}
