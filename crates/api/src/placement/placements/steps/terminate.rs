//! `POST /placements/{id}/terminate`

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

/// End a placement before its time
///
/// By a coordinator, with a reason; today, or on `effective_date`.
#[utoipa::path(
    tag = "placements",
    operation_id = "terminate_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Terminated", body = PlacementDto)),
)]
#[post("/placements/{id}/terminate")]
#[tracing::instrument(name = "http.placement.terminate_placement", skip_all)]
pub(super) async fn terminate_placement(
    actor: ActorArg,
    state: State,
    id: PathId<PlacementId>,
    seen: IfMatch,
    body: OptionalJson<StepBody>,
) -> Answer {
    let effective_date = body.0.effective_date.as_ref().map(|date| date.0);
    Asked {
        actor,
        state,
        id,
        seen,
        body,
    }
    .take_on(Step::Terminate { effective_date })
    .await
}
