//! `POST /placements/{id}/approve`

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

/// Approve a placement
///
/// By a coordinator. It begins by itself, at once when its first day has come and both supervisors are there.
#[utoipa::path(
    tag = "placements",
    operation_id = "approve_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Approved", body = PlacementDto)),
)]
#[post("/placements/{id}/approve")]
#[tracing::instrument(name = "http.placement.approve_placement", skip_all)]
pub(super) async fn approve_placement(
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
    .take(Step::Approve)
    .await
}
