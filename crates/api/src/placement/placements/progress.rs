//! `GET /placements/{id}/progress`

use std::collections::BTreeMap;

use actix_web::get;
use ipt_application::placement::placements::progress::{self as use_case, Progress};
use ipt_domain::{
    id::PlacementId,
    logbook::{credit::Credit, hours::Minutes},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, PathId},
    state::State,
    wire::Date,
};

/// Hours and days.
#[derive(Serialize, ToSchema)]
struct HoursAndDays {
    hours: f64,
    days: u32,
}

impl HoursAndDays {
    fn new(minutes: Minutes, days: u32) -> Self {
        Self {
            hours: minutes.as_hours(),
            days,
        }
    }
}

impl From<Credit> for HoursAndDays {
    fn from(credit: Credit) -> Self {
        Self::new(credit.minutes, credit.days)
    }
}

/// How far a placement has come, with those that it continues.
#[derive(Serialize, ToSchema)]
#[schema(as = Progress)]
struct ProgressDto {
    /// What the programme asks for.
    required: HoursAndDays,
    /// Handed in.
    submitted: HoursAndDays,
    /// Verified, by industry or on evidence; what is validated is in it too.
    industry_verified: HoursAndDays,
    /// Validated: what counts.
    validated: HoursAndDays,
    /// The number of entries in each state; drafts are shown to their student only.
    by_state: BTreeMap<&'static str, u64>,
    /// Entries whose review is overdue.
    overdue: u64,
    /// When everything required is handed in, at the pace so far; null when that cannot be told.
    expected_completion: Option<Date>,
}

impl From<Progress> for ProgressDto {
    fn from(progress: Progress) -> Self {
        Self {
            required: HoursAndDays::new(progress.required.minutes, progress.required.days),
            submitted: progress.submitted.into(),
            industry_verified: progress.industry_verified.into(),
            validated: progress.validated.into(),
            by_state: progress
                .by_state
                .into_iter()
                .map(|(state, count)| (state.as_str(), count))
                .collect(),
            overdue: progress.overdue,
            expected_completion: progress.expected_completion.map(Date),
        }
    }
}

/// How far a placement has come
#[utoipa::path(
    tag = "placements",
    operation_id = "placement_progress",
    params(("id" = Uuid, Path, description = "The placement's id")),
    responses((status = 200, description = "The progress", body = ProgressDto)),
)]
#[get("/placements/{id}/progress")]
#[tracing::instrument(name = "http.placement.progress", skip_all)]
pub(super) async fn placement_progress(actor: ActorArg, state: State, id: PathId<PlacementId>) -> Answer {
    let progress = use_case::execute(state.services(), &actor, id.required()?).await?;
    plain(&ProgressDto::from(progress))
}
