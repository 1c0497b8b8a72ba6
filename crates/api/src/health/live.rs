//! `GET /health/live`

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, plain};

/// That the process answers.
#[derive(Serialize, ToSchema)]
struct Live {
    /// Always `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Whether the process answers
///
/// It asks nobody else: one that does not answer is to be restarted.
#[utoipa::path(
    tag = "operation",
    operation_id = "health_live",
    responses((status = 200, description = "It answers", body = Live)),
)]
#[get("/health/live")]
#[tracing::instrument(name = "http.health.live", skip_all)]
pub(super) async fn health_live() -> Answer {
    plain(&Live { status: "ok" })
}
