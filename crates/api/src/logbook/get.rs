//! `GET /logs/{id}`

use actix_web::get;
use ipt_application::logbook::get;
use ipt_domain::id::LogEntryId;

use super::{dto::LogDto, shown};
use crate::{
    answer::Answer,
    extract::{ActorArg, PathId},
    problem::ProblemBody,
    state::State,
};

/// One log, as you see it
#[utoipa::path(
    operation_id = "get_log",
    tag = "logbook",
    params(super::path::LogId),
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "None of your business", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
    ),
)]
#[get("/logs/{id}")]
#[tracing::instrument(name = "http.logbook.get", skip_all)]
pub(super) async fn handle(caller: ActorArg, id: PathId<LogEntryId>, state: State) -> Answer {
    shown(get::execute(state.services(), &caller, id.required()?).await)
}
