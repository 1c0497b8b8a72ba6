//! `POST /placements/{id}/complete`

use actix_web::post;
use ipt_application::placement::placements::step::Step;
use ipt_domain::id::PlacementId;

use super::{Asked, StepBody};
use crate::{
    answer::Answer,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    placement::placements::dto::PlacementDto,
    state::State,
};

/// Complete a placement
///
/// By a coordinator, when hours and days are met and no entry awaits a decision.
#[utoipa::path(
    tag = "placements",
    operation_id = "complete_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Completed", body = PlacementDto)),
)]
#[post("/placements/{id}/complete")]
#[tracing::instrument(name = "http.placement.complete_placement", skip_all)]
pub(super) async fn complete_placement(
    actor: ActorArg,
    state: State,
    id: PathId<PlacementId>,
    seen: IfMatch,
    body: OptionalJson<StepBody>,
) -> Answer {
    Asked {
        actor,
        state,
        id,
        seen,
        body,
    }
    .take(Step::Complete)
    .await
}
