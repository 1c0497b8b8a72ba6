//! `POST /placements/{id}/withdraw`

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

/// Drop one's own placement before it began
///
/// By the student.
#[utoipa::path(
    tag = "placements",
    operation_id = "withdraw_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    request_body = Option<StepBody>,
    responses((status = 200, description = "Withdrawn", body = PlacementDto)),
)]
#[post("/placements/{id}/withdraw")]
#[tracing::instrument(name = "http.placement.withdraw_placement", skip_all)]
pub(super) async fn withdraw_placement(
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
    .take(Step::Withdraw)
    .await
}
