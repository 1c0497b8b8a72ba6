//! `PATCH /logs/{id}/verify-academic`

use actix_web::patch;
use ipt_domain::{id::LogEntryId, logbook::transition::StepKind};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{dto::LogDto, step};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, Json, PathId},
    problem::ProblemBody,
    state::State,
};

/// What the academic side decides.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AcademicStatus {
    /// Credit is earned.
    Validated,
    /// The coordinators are to look; comments say why.
    Flagged,
}

impl AcademicStatus {
    /// The step that it is.
    pub(super) const fn step(self) -> StepKind {
        match self {
            Self::Validated => StepKind::Validate,
            Self::Flagged => StepKind::Flag,
        }
    }
}

/// A decision of the academic side.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcademicBody {
    /// The decision.
    status: AcademicStatus,
    /// Comments; required to flag.
    comments: Option<String>,
}

/// Validate a day, or flag it for the coordinators
#[utoipa::path(
    operation_id = "verify_log_by_academic",
    tag = "logbook",
    params(super::path::LogId),
    request_body = AcademicBody,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the university supervisor of this placement, or a duty that must lie with somebody else", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[patch("/logs/{id}/verify-academic")]
#[tracing::instrument(name = "http.logbook.verify_academic", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    body: Json<AcademicBody>,
    state: State,
) -> Answer {
    let (kind, comments) = (body.0.status.step(), body.0.comments);
    step(&state, &caller, id.required()?, if_match.0, kind, comments).await
}
