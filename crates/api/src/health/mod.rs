//! Whether the server is well: for people, load balancers and orchestrators.

mod detailed;
mod live;
mod readiness;
mod ready;
mod short;

pub(crate) use readiness::Readiness;
use utoipa_actix_web::service_config::ServiceConfig;

/// The resource that tells more, to those who keep the deployment.
pub(crate) const DETAILED: &str = "/health/detailed";

/// The endpoints.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(short::health)
        .service(live::health_live)
        .service(ready::health_ready)
        .service(detailed::health_detailed);
}

/// Whether a path is a probe's: never refused for being one too many.
pub(crate) fn is_probe(path: &str) -> bool {
    matches!(path, "/health" | "/health/live" | "/health/ready")
}
