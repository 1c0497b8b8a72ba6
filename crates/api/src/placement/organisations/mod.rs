//! Organisations, as the caller's institution sees them.

mod create;
mod directory;
mod dto;
mod get;
mod list;
mod take_up;
mod update;
mod verify;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_organisations)
        .service(create::create_organisation)
        // Before the one with an id, for which its name would be taken.
        .service(directory::list_organisation_directory)
        .service(get::get_organisation)
        .service(update::update_organisation)
        .service(verify::verify_organisation)
        .service(take_up::take_up_organisation);
}
