//! `GET /logs/{id}/history`

use actix_web::get;
use ipt_application::logbook::history;
use ipt_domain::id::LogEntryId;

use super::dto::HistoryDto;
use crate::{
    answer::{self, Answer},
    extract::{ActorArg, PathId},
    problem::ProblemBody,
    state::State,
};

/// Every step of a log, and every text that was handed in
#[utoipa::path(
    operation_id = "get_log_history",
    tag = "logbook",
    params(super::path::LogId),
    responses(
        (status = 200, description = "The history", body = HistoryDto),
        (status = 403, description = "None of your business", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
    ),
)]
#[get("/logs/{id}/history")]
#[tracing::instrument(name = "http.logbook.history", skip_all)]
pub(super) async fn handle(caller: ActorArg, id: PathId<LogEntryId>, state: State) -> Answer {
    let history = history::execute(state.services(), &caller, id.required()?).await?;
    answer::plain(&HistoryDto::from(&history))
}
