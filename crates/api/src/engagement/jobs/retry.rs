//! `POST /jobs/{id}/retry`

use actix_web::post;
use ipt_application::engagement::jobs::retry;
use ipt_domain::id::JobId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, NoBody, PathId},
    state::State,
};

/// A piece of work that is due again.
#[derive(Serialize, ToSchema)]
struct RetriedJob {
    id: Uuid,
    /// Always `waiting`.
    #[schema(value_type = String, example = "waiting")]
    status: &'static str,
}

/// Try a piece of work again
#[utoipa::path(
    tag = "jobs",
    operation_id = "retry_job",
    params(("id" = Uuid, Path, description = "The id of a failed job")),
    responses((status = 200, description = "Due again", body = RetriedJob)),
)]
#[post("/jobs/{id}/retry")]
#[tracing::instrument(name = "http.engagement.retry_job", skip_all)]
pub(super) async fn retry_job(actor: ActorArg, state: State, id: PathId<JobId>, _: NoBody) -> Answer {
    let id = id.required()?;
    retry::execute(state.services(), &actor, id).await?;
    plain(&RetriedJob {
        id: id.uuid(),
        status: "waiting",
    })
}
