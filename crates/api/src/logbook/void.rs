//! `POST /logs/{id}/void`

use actix_web::post;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};

use super::{Comments, dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    problem::ProblemBody,
    state::State,
};

/// Take a log out of the record
///
/// No credit is earned by it; its day becomes free.
#[utoipa::path(
    operation_id = "void_log",
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
#[post("/logs/{id}/void")]
#[tracing::instrument(name = "http.logbook.void", skip_all)]
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
        StepKind::Void,
        body.0.comments,
    )
    .await
}
