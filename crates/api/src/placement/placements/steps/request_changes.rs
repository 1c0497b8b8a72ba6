//! `POST /placements/{id}/request-changes`

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

/// Send a placement back to be mended
///
/// By a coordinator, with a reason.
#[utoipa::path(
    tag = "placements",
    operation_id = "request_placement_changes",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Sent back", body = PlacementDto)),
)]
#[post("/placements/{id}/request-changes")]
#[tracing::instrument(name = "http.placement.request_placement_changes", skip_all)]
pub(super) async fn request_placement_changes(
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
    .take(Step::RequestChanges)
    .await
}
