//! The institution in which one acts, and its calendar; and every institution, for those who keep the deployment.

mod dto;
mod error;
mod get_calendar;
mod get_tenant;
mod replace_calendar;
mod tenants;
mod update_tenant;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_tenant::get_tenant)
        .service(update_tenant::update_tenant)
        .service(get_calendar::get_calendar)
        .service(replace_calendar::replace_calendar)
        .configure(tenants::configure);
}
