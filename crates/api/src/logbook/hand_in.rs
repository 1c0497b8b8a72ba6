//! `POST /logs/{id}/submit`

use actix_web::post;
use ipt_application::logbook::hand_in;
use ipt_domain::id::LogEntryId;

use super::{dto::LogDto, shown};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, NoBody, PathId},
    problem::ProblemBody,
    state::State,
};

/// Hand in a draft, or an edit in progress
#[utoipa::path(
    operation_id = "hand_in_log",
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
#[post("/logs/{id}/submit")]
#[tracing::instrument(name = "http.logbook.hand_in", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    _body: NoBody,
    state: State,
) -> Answer {
    shown(hand_in::execute(state.services(), &caller, id.required()?, if_match.0).await)
}
