//! Programmes and their policies.

mod create;
mod dto;
mod get;
mod list;
mod policy_dto;
mod update;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_programmes)
        .service(create::create_programme)
        .service(get::get_programme)
        .service(update::update_programme);
}
