//! Roles that the institution defines.

mod create;
mod dto;
mod get;
mod list;
mod remove;
mod update;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_roles)
        .service(create::create_role)
        .service(get::get_role)
        .service(update::update_role)
        .service(remove::remove_role);
}
