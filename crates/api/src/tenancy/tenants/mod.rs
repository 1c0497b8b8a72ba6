//! The institutions of the deployment.

mod create;
mod dto;
mod get;
mod list;
mod statistics;
mod update;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_tenants)
        .service(create::create_tenant)
        .service(get::get_tenant_by_id)
        .service(update::update_tenant_by_id)
        .service(statistics::tenant_statistics);
}
