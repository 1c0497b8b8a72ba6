//! `POST /placements/{id}/activate`

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

/// Let a placement begin
///
/// For an operator in a hurry: it begins by itself, and then this is a conflict.
#[utoipa::path(
    tag = "placements",
    operation_id = "activate_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Active", body = PlacementDto)),
)]
#[post("/placements/{id}/activate")]
#[tracing::instrument(name = "http.placement.activate_placement", skip_all)]
pub(super) async fn activate_placement(
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
    .take(Step::Activate)
    .await
}
