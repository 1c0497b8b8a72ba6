//! `GET /jobs/failed`

use actix_web::get;
use ipt_application::engagement::jobs::list_failed;
use ipt_ports::{
    engagement::FailureSort,
    page::{Direction, Sort},
};

use super::dto::JobDto;
use crate::{
    answer::{Answer, ListBody, Listing, NoFilter, PageParams, Sortable},
    extract::ActorArg,
    state::State,
};

impl Sortable for FailureSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("failed_at", Self::FailedAt)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::FailedAt,
        direction: Direction::Descending,
    };
}

/// Background work that was given up
///
/// The institution's; the deployment's for those who keep it and act in no institution. The newest first.
#[utoipa::path(
    tag = "jobs",
    operation_id = "list_failed_jobs",
    params(PageParams<FailureSort>),
    responses((status = 200, description = "A page of what was given up", body = ListBody<JobDto>)),
)]
#[get("/jobs/failed")]
#[tracing::instrument(name = "http.engagement.list_failed_jobs", skip_all)]
pub(super) async fn list_failed_jobs(
    actor: ActorArg,
    state: State,
    listing: Listing<NoFilter, FailureSort>,
) -> Answer {
    let (page, total) = list_failed::execute(state.services(), &actor, &listing.page, listing.count).await?;
    listing.answer(page, total, JobDto::from)
}
