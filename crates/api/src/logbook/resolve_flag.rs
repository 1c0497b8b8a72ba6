//! `POST /logs/{id}/resolve-flag`

use actix_web::post;
use ipt_domain::{
    id::LogEntryId,
    logbook::transition::{ReturnTo, StepKind},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, Json, PathId},
    problem::ProblemBody,
    state::State,
};

/// How a flag is resolved.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Resolution {
    /// Back to the academic side; only when this revision was verified.
    ReturnToAcademic,
    /// Back to industry.
    ReturnToIndustry,
    /// Back to the student.
    ReturnToStudent,
    /// Out of the record.
    Void,
}

/// The resolution of a flag.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResolutionBody {
    /// Where it goes.
    resolution: Resolution,
    /// The note; always required.
    #[schema(example = "The works confirmed the hours.")]
    comments: Option<String>,
}

/// Resolve a flag or a dispute
///
/// Whoever flagged an entry does not resolve that flag.
#[utoipa::path(
    operation_id = "resolve_flag",
    tag = "logbook",
    params(super::path::LogId),
    request_body = ResolutionBody,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not a coordinator, or the one who flagged it", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[post("/logs/{id}/resolve-flag")]
#[tracing::instrument(name = "http.logbook.resolve_flag", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    body: Json<ResolutionBody>,
    state: State,
) -> Answer {
    let kind = match body.0.resolution {
        Resolution::ReturnToAcademic => StepKind::Return(ReturnTo::Academic),
        Resolution::ReturnToIndustry => StepKind::Return(ReturnTo::Industry),
        Resolution::ReturnToStudent => StepKind::Return(ReturnTo::Student),
        Resolution::Void => StepKind::Void,
    };
    step(&state, &caller, id.required()?, if_match.0, kind, body.0.comments).await
}
