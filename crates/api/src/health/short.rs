//! `GET /health`

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    state::State,
};

/// That the server runs.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`, or `draining` while the server shuts down.
    #[schema(example = "ok")]
    status: &'static str,
    /// The server's version.
    version: String,
}

/// Whether the server runs
#[utoipa::path(
    tag = "operation",
    operation_id = "health",
    responses((status = 200, description = "It runs", body = Health)),
)]
#[get("/health")]
#[tracing::instrument(name = "http.health.short", skip_all)]
pub(super) async fn health(state: State) -> Answer {
    let status = if state.load.is_draining() {
        "draining"
    } else {
        "ok"
    };
    plain(&Health {
        status,
        version: state.settings().version.clone(),
    })
}
