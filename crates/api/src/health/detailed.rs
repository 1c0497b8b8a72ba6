//! `GET /health/detailed`

use actix_web::{HttpRequest, get};
use ipt_domain::identity::permission::Permission;
use serde::Serialize;
use utoipa::ToSchema;

use super::readiness::{Checks, Standing};
use crate::{
    answer::{Answer, plain},
    codes::protocol::FORBIDDEN,
    middleware::caller,
    problem::Problem,
    state::State,
    wire::Timestamp,
};

/// How the server is, in detail.
#[derive(Serialize, ToSchema)]
struct Detailed {
    /// All in one word.
    status: Standing,
    /// The server's version.
    version: String,
    /// Whether it shuts down.
    draining: bool,
    /// The requests that are worked on or wait, this one included.
    waiting: usize,
    /// How many may.
    max_waiting: usize,
    /// What the server depends on.
    checks: Checks,
    /// The server's time.
    now: Timestamp,
}

/// How the server is, in detail
#[utoipa::path(
    tag = "operation",
    operation_id = "health_detailed",
    responses((status = 200, description = "How it is", body = Detailed)),
)]
#[get("/health/detailed")]
#[tracing::instrument(name = "http.health.detailed", skip_all)]
pub(super) async fn health_detailed(state: State, request: HttpRequest) -> Answer {
    let caller = caller(&request).await?;
    if !caller.actor.may_over_deployment(Permission::TenantManageAll) {
        return Err(Problem::new(FORBIDDEN));
    }
    let checks = state.readiness.checks(state.services()).await;
    plain(&Detailed {
        status: checks.overall(),
        version: state.settings().version.clone(),
        draining: state.load.is_draining(),
        waiting: state.load.waiting(),
        max_waiting: state.settings().max_waiting,
        checks,
        now: Timestamp(state.services().clock.now()),
    })
}
