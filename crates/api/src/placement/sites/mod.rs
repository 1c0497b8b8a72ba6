//! Sites: where an organisation's people work.

mod create;
mod dto;
mod input;
mod list;
mod update;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_sites)
        .service(create::create_site)
        .service(update::update_site);
}
