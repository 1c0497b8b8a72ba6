//! `POST /placements/{id}/resubmit`

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

/// Hand a mended placement in again
///
/// By the student.
#[utoipa::path(
    tag = "placements",
    operation_id = "resubmit_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Proposed again", body = PlacementDto)),
)]
#[post("/placements/{id}/resubmit")]
#[tracing::instrument(name = "http.placement.resubmit_placement", skip_all)]
pub(super) async fn resubmit_placement(
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
    .take(Step::Resubmit)
    .await
}
