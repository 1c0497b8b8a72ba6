//! `POST /logs/verify-industry`

use actix_web::{HttpRequest, post};
use ipt_domain::logbook::transition::{Step, StepKind};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    many::{ManyDto, step_on_many},
    verify_industry::IndustryStatus,
};
use crate::{
    answer::Answer,
    extract::{ActorArg, Json},
    problem::ProblemBody,
    state::State,
};

/// One decision of industry about many logs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyIndustryManyBody {
    /// The logs, 1 to 100.
    #[schema(min_items = 1, max_items = 100)]
    log_ids: Vec<Uuid>,
    /// The decision.
    status: IndustryStatus,
    /// Comments; required to reject.
    comments: Option<String>,
    /// Skills that you saw demonstrated.
    #[serde(default)]
    skills_demonstrated: Vec<String>,
}

/// Approve many days, or ask for their revision
///
/// Each log stands or falls by itself; the answer says which and why.
#[utoipa::path(
    operation_id = "verify_logs_by_industry",
    tag = "logbook",
    request_body = VerifyIndustryManyBody,
    responses(
        (status = 200, description = "What became of each", body = ManyDto),
        (status = 422, description = "No logs, or too many", body = ProblemBody),
    ),
)]
#[post("/logs/verify-industry")]
#[tracing::instrument(name = "http.logbook.verify_industry_many", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    body: Json<VerifyIndustryManyBody>,
    request: HttpRequest,
    state: State,
) -> Answer {
    let body = body.0;
    let kind = match body.status {
        IndustryStatus::Approved => StepKind::Approve {
            skills: body.skills_demonstrated,
            hours_confirmed: None,
        },
        IndustryStatus::Rejected => StepKind::Reject {
            skills: body.skills_demonstrated,
        },
    };
    let step = Step {
        kind,
        comments: body.comments,
    };
    step_on_many(&request, &state, &caller, &body.log_ids, &step).await
}
