//! `POST /jobs/{id}/retry`

use actix_web::post;
use ipt_application::engagement::jobs::retry;
use ipt_domain::id::JobId;

use super::dto::JobDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    state::State,
};

/// Try a piece of work again
#[utoipa::path(
    tag = "jobs",
    operation_id = "retry_job",
    params(("id" = Uuid, Path, description = "The id of a failed job")),
    responses((status = 200, description = "Due again", body = JobDto)),
)]
#[post("/jobs/{id}/retry")]
#[tracing::instrument(name = "http.engagement.retry_job", skip_all)]
pub(super) async fn retry_job(
    actor: ActorArg,
    state: State,
    id: PathId<JobId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let retried = retry::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(retried.version(), &JobDto::from(retried))
}
