//! `POST /logs/{id}/retract`

use actix_web::post;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};

use super::{Comments, dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    problem::ProblemBody,
    state::State,
};

/// Take back one's own decision
///
/// While nobody has acted on it; both reviews stay on record.
#[utoipa::path(
    operation_id = "retract_review",
    tag = "logbook",
    params(super::path::LogId),
    request_body = Comments,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the industrial supervisor of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/retract")]
#[tracing::instrument(name = "http.logbook.retract", skip_all)]
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
        StepKind::Retract,
        body.0.comments,
    )
    .await
}
