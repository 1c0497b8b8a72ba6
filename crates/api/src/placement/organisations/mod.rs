//! Organisations, as the caller's institution sees them.

mod create;
mod dto;
mod get;
mod list;
mod update;
mod verify;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_organisations)
        .service(create::create_organisation)
        .service(get::get_organisation)
        .service(update::update_organisation)
        .service(verify::verify_organisation);
}
