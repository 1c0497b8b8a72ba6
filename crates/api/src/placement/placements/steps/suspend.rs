//! `POST /placements/{id}/suspend`

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

/// Interrupt a placement
///
/// By a coordinator, with a reason. No entries are taken and nothing is overdue meanwhile.
#[utoipa::path(
    tag = "placements",
    operation_id = "suspend_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Suspended", body = PlacementDto)),
)]
#[post("/placements/{id}/suspend")]
#[tracing::instrument(name = "http.placement.suspend_placement", skip_all)]
pub(super) async fn suspend_placement(
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
    .take(Step::Suspend)
    .await
}
