//! Dashboards.

mod coordinator_dashboard;
mod dto;
mod error;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(coordinator_dashboard::coordinator_dashboard);
}
