//! One's own notifications, and background work that failed.

mod error;
mod jobs;
mod notifications;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    notifications::configure(config);
    jobs::configure(config);
}
