//! `POST /logs/{id}/recall`

use actix_web::post;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};

use super::{dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, NoBody, PathId},
    problem::ProblemBody,
    state::State,
};

/// Take a submission back
///
/// While nobody has decided: a first submission becomes a draft again, a later one a requested revision.
#[utoipa::path(
    operation_id = "recall_log",
    tag = "logbook",
    params(super::path::LogId),
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/recall")]
#[tracing::instrument(name = "http.logbook.recall", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    _body: NoBody,
    state: State,
) -> Answer {
    step(
        &state,
        &caller,
        id.required()?,
        if_match.0,
        StepKind::Recall,
        None,
    )
    .await
}
