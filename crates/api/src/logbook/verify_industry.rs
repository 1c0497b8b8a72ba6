//! `PATCH /logs/{id}/verify-industry`

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

/// What industry decides.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum IndustryStatus {
    /// The day is confirmed.
    Approved,
    /// A revision is asked for; comments say why.
    Rejected,
}

/// A decision of industry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IndustryBody {
    /// The decision.
    status: IndustryStatus,
    /// Comments; required to reject, and to confirm fewer hours.
    #[schema(example = "Excellent work on the authentication implementation")]
    comments: Option<String>,
    /// Skills that you saw demonstrated.
    #[serde(default)]
    #[schema(example = json!(["Python", "Security"]))]
    skills_demonstrated: Vec<String>,
    /// Fewer hours than claimed.
    hours_confirmed: Option<f64>,
}

/// Approve a day, or ask for a revision
#[utoipa::path(
    operation_id = "verify_log_by_industry",
    tag = "logbook",
    params(super::path::LogId),
    request_body = IndustryBody,
    responses(
        (status = 200, description = "The log", body = LogDto),
        (status = 403, description = "Not the industrial supervisor of this placement, or a duty that must lie with somebody else", body = ProblemBody),
        (status = 404, description = "No such log", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 422, description = "A rule is broken", body = ProblemBody),
    ),
)]
#[patch("/logs/{id}/verify-industry")]
#[tracing::instrument(name = "http.logbook.verify_industry", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<LogEntryId>,
    if_match: IfMatch,
    body: Json<IndustryBody>,
    state: State,
) -> Answer {
    let comments = body.0.comments;
    let kind = match body.0.status {
        IndustryStatus::Approved => StepKind::Approve {
            skills: body.0.skills_demonstrated,
            hours_confirmed: body.0.hours_confirmed,
        },
        IndustryStatus::Rejected => StepKind::Reject {
            skills: body.0.skills_demonstrated,
        },
    };
    step(&state, &caller, id.required()?, if_match.0, kind, comments).await
}
