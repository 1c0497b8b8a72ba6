//! `GET /health/ready`

use actix_web::{HttpResponse, get, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::readiness::{Checks, Standing};
use crate::state::State;

/// Whether requests are welcome.
#[derive(Serialize, ToSchema)]
struct Ready {
    /// `ok`, `degraded`, `failed`, or `draining` while the server shuts down.
    #[schema(example = "ok")]
    status: &'static str,
    /// What the server depends on.
    checks: Checks,
}

/// Whether the server can serve
///
/// Asks the database and the file store. Mail only degrades: mails wait until it is back.
#[utoipa::path(
    tag = "operation",
    operation_id = "health_ready",
    responses(
        (status = 200, description = "It can", body = Ready),
        (status = 503, description = "Something that it depends on is down, or it shuts down", body = Ready),
    ),
)]
#[get("/health/ready")]
#[tracing::instrument(name = "http.health.ready", skip_all)]
pub(super) async fn health_ready(state: State) -> HttpResponse {
    let checks = state.readiness.checks(state.services()).await;
    let draining = state.load.is_draining();
    let ready = checks.are_met() && !draining;
    let status = match checks.overall() {
        _ if draining => "draining",
        Standing::Ok => "ok",
        Standing::Degraded => "degraded",
        Standing::Failed => "failed",
    };
    let code = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let mut answer = HttpResponse::build(code);
    if !ready {
        answer.insert_header(("Retry-After", "5"));
    }
    answer.json(Ready { status, checks })
}
