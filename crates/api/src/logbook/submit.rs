//! `POST /logs`

use actix_web::{Error, FromRequest as _, HttpRequest, HttpResponse, http::header, post, web::Payload};
use ipt_application::logbook::{
    submit::{self, Command},
    upload::{self, Target, Uploaded},
};
use serde_json::Value;

use super::{dto::LogDto, form, report::NewLogBody};
use crate::{
    answer,
    extract::{ActorArg, Json, parse_value},
    middleware::Idempotency,
    problem::{Problem, ProblemBody},
    state::State,
};

/// Submit a day's log, or keep it as a draft
///
/// As JSON, or as a multipart form with the same fields, `location_data` as JSON and any number of files named
/// `attachment`.
#[utoipa::path(
    operation_id = "submit_log",
    tag = "logbook",
    request_body(content(
        (NewLogBody = "application/json"),
        (form::NewLogForm = "multipart/form-data"),
    )),
    responses(
        (status = 201, description = "The log", body = LogDto),
        (status = 403, description = "The placement is not yours", body = ProblemBody),
        (status = 404, description = "No such placement", body = ProblemBody),
        (status = 409, description = "The day is taken, or the placement takes no entries", body = ProblemBody),
        (status = 413, description = "The body or a file is too large", body = ProblemBody),
        (status = 415, description = "A file is of a kind that is not taken", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs")]
#[tracing::instrument(name = "http.logbook.submit", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    request: HttpRequest,
    payload: Payload,
    state: State,
) -> Result<HttpResponse, Error> {
    let (body, files) = read(&caller, &request, payload, &state).await?;
    let command = Command {
        placement_id: body.placement(),
        log_date: body.log_date.0,
        report: body.report(),
        files: files.clone(),
        draft: body.draft,
    };
    match submit::execute(state.services(), &caller, command).await {
        Ok(log) => {
            let location = format!("/api/v1/logs/{}", log.entry.id());
            Ok(answer::created(
                &location,
                log.entry.version(),
                &LogDto::from(&log),
            )?)
        }
        Err(error) => {
            upload::discard(state.services(), &files).await;
            Err(Problem::from(error).into())
        }
    }
}

/// Reads the body, whichever of the two it is.
async fn read(
    caller: &ActorArg,
    request: &HttpRequest,
    payload: Payload,
    state: &State,
) -> Result<(NewLogBody, Vec<Uploaded>), Error> {
    if !is_form(request) {
        let Json(body) = Json::from_request(request, &mut payload.into_inner()).await?;
        return Ok((body, Vec::new()));
    }
    let form = form::read(request, payload, state, caller, Target::Placement(None)).await?;
    let digest = form.digest();
    let understood = async {
        let body = parse_value(&Value::Object(form.values))?;
        Idempotency::reserve(request, &digest).await?;
        Ok::<_, Error>(body)
    };
    match understood.await {
        Ok(body) => Ok((body, form.files)),
        Err(error) => {
            upload::discard(state.services(), &form.files).await;
            Err(error)
        }
    }
}

/// Whether the body is a form.
fn is_form(request: &HttpRequest) -> bool {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    kind.trim_start()
        .to_ascii_lowercase()
        .starts_with("multipart/form-data")
}
