//! `POST /placements/{id}/cancel`

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

/// Drop a placement before it began
///
/// By a coordinator.
#[utoipa::path(
    tag = "placements",
    operation_id = "cancel_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Cancelled", body = PlacementDto)),
)]
#[post("/placements/{id}/cancel")]
#[tracing::instrument(name = "http.placement.cancel_placement", skip_all)]
pub(super) async fn cancel_placement(
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
    .take(Step::Cancel)
    .await
}
