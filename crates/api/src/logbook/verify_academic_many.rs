//! `POST /logs/verify-academic`

use actix_web::{HttpRequest, post};
use ipt_domain::logbook::transition::Step;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    many::{ManyDto, step_on_many},
    verify_academic::AcademicStatus,
};
use crate::{
    answer::Answer,
    extract::{ActorArg, Json},
    problem::ProblemBody,
    state::State,
};

/// One decision of the academic side about many logs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyAcademicManyBody {
    /// The logs, 1 to 100.
    #[schema(min_items = 1, max_items = 100)]
    log_ids: Vec<Uuid>,
    /// The decision.
    status: AcademicStatus,
    /// Comments; required to flag.
    comments: Option<String>,
}

/// Validate many days, or flag them
///
/// Each log stands or falls by itself; the answer says which and why.
#[utoipa::path(
    operation_id = "verify_logs_by_academic",
    tag = "logbook",
    request_body = VerifyAcademicManyBody,
    responses(
        (status = 200, description = "What became of each", body = ManyDto),
        (status = 422, description = "No logs, or too many", body = ProblemBody),
    ),
)]
#[post("/logs/verify-academic")]
#[tracing::instrument(name = "http.logbook.verify_academic_many", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    body: Json<VerifyAcademicManyBody>,
    request: HttpRequest,
    state: State,
) -> Answer {
    let body = body.0;
    let step = Step {
        kind: body.status.step(),
        comments: body.comments,
    };
    step_on_many(&request, &state, &caller, &body.log_ids, &step).await
}
