//! `POST /logs/{id}/attachments`

use actix_web::{Error, HttpRequest, HttpResponse, post, web::Payload};
use ipt_application::logbook::{
    edit::{self, Command},
    upload::{self, Target},
};
use ipt_domain::{id::LogEntryId, logbook::input::ReportInput};

use super::{dto::LogDto, form, shown};
use crate::{
    codes::protocol::MISSING_FIELD,
    extract::{ActorArg, IfMatch, PathId},
    middleware::Idempotency,
    problem::{Problem, ProblemBody},
    state::State,
};

/// Add files to a draft or to a requested revision
#[utoipa::path(
    operation_id = "attach_files",
    tag = "logbook",
    params(super::path::LogId),
    request_body(content = form::AttachmentForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The log with its files", body = LogDto),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 413, description = "A file is too large", body = ProblemBody),
        (status = 415, description = "A file is of a kind that is not taken", body = ProblemBody),
        (status = 422, description = "No file, or too many", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/attachments")]
#[tracing::instrument(name = "http.logbook.attach", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    request: HttpRequest,
    payload: Payload,
    state: State,
) -> Result<HttpResponse, Error> {
    let id = id.required()?;
    let form = form::read(&request, payload, &state, &caller, Target::Entry(id)).await?;
    let outcome = async {
        if form.files.is_empty() {
            return Err(Problem::field("/attachment", MISSING_FIELD, "there is no file").into());
        }
        Idempotency::reserve(&request, &form.digest()).await?;
        let command = Command {
            id,
            report: ReportInput::default(),
            files: form.files.clone(),
            submit: false,
            seen: if_match.0,
        };
        Ok(shown(edit::execute(state.services(), &caller, command).await)?)
    };
    let outcome: Result<HttpResponse, Error> = outcome.await;
    if outcome.is_err() {
        upload::discard(state.services(), &form.files).await;
    }
    outcome
}
