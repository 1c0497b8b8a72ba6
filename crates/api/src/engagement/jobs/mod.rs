//! Background work that failed: the institution's, or the deployment's for those who keep it.

mod dto;
mod list_failed;
mod retry;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_failed::list_failed_jobs)
        .service(retry::retry_job);
}
