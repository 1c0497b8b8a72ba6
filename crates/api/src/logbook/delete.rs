//! `DELETE /logs/{id}`

use actix_web::delete;
use ipt_application::logbook::delete;
use ipt_domain::id::LogEntryId;

use crate::{
    answer::{self, Answer},
    extract::{ActorArg, IfMatch, PathId},
    problem::ProblemBody,
    state::State,
};

/// Drop a draft that was never submitted, with its files
#[utoipa::path(
    operation_id = "delete_log",
    tag = "logbook",
    params(super::path::LogId),
    responses(
        (status = 204, description = "Gone"),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "What was once submitted is never deleted", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
    ),
)]
#[delete("/logs/{id}")]
#[tracing::instrument(name = "http.logbook.delete", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    state: State,
) -> Answer {
    delete::execute(state.services(), &caller, id.required()?, if_match.0).await?;
    answer::nothing()
}
