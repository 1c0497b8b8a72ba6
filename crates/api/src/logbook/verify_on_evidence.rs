//! `POST /logs/{id}/verify-on-evidence`

use actix_web::post;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};

use super::{Comments, dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    problem::ProblemBody,
    state::State,
};

/// Confirm a day in place of a silent supervisor
///
/// Labelled everywhere as verified by the institution, not by industry.
#[utoipa::path(
    operation_id = "verify_log_on_evidence",
    tag = "logbook",
    params(super::path::LogId),
    request_body = Comments,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not a coordinator of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/verify-on-evidence")]
#[tracing::instrument(name = "http.logbook.verify_on_evidence", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    body: OptionalJson<Comments>,
    state: State,
) -> Answer {
    step(
        &state,
        &caller,
        id.required()?,
        if_match.0,
        StepKind::VerifyOnEvidence,
        body.0.comments,
    )
    .await
}
