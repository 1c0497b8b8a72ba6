//! The audit trail.

mod browse;
mod error;
mod verify;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(browse::browse_audit_log)
        .service(verify::verify_audit_log);
}
