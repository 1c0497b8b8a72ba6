//! The audit trail.

mod browse;
mod checkpoint;
mod csv;
mod dto;
mod error;
mod export;
mod verify;

use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(browse::browse_audit_log)
        .service(export::export_audit_log)
        .service(checkpoint::take_audit_checkpoint)
        .service(verify::verify_audit_log)
        .service(verify::verify_audit_log_against);
}
