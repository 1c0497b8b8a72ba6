//! `POST /logs/{id}/dispute`

use actix_web::post;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};

use super::{Comments, dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    problem::ProblemBody,
    state::State,
};

/// Contest a request for revision
///
/// The coordinators are told.
#[utoipa::path(
    operation_id = "dispute_log",
    tag = "logbook",
    params(super::path::LogId),
    request_body = Comments,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/dispute")]
#[tracing::instrument(name = "http.logbook.dispute", skip_all)]
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
        StepKind::Dispute,
        body.0.comments,
    )
    .await
}
