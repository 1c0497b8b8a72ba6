//! `PATCH /logs/{id}`

use actix_web::patch;
use ipt_application::logbook::edit::{self, Command};
use ipt_domain::id::LogEntryId;

use super::{dto::LogDto, report::ChangeBody, shown};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, Json, PathId},
    problem::ProblemBody,
    state::State,
};

/// Change the text of a draft or of a requested revision
///
/// With `"submit": true` it is handed in along with the change; reviewers go on seeing the last submitted text until then.
#[utoipa::path(
    operation_id = "edit_log",
    tag = "logbook",
    params(super::path::LogId),
    request_body = ChangeBody,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[patch("/logs/{id}")]
#[tracing::instrument(name = "http.logbook.edit", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    body: Json<ChangeBody>,
    state: State,
) -> Answer {
    let submit = body.0.submit;
    let command = Command {
        id: id.required()?,
        report: body.0.into(),
        files: Vec::new(),
        submit,
        seen: if_match.0,
    };
    shown(edit::execute(state.services(), &caller, command).await)
}
