//! `GET /placements/{id}`

use actix_web::get;
use ipt_application::placement::placements::get as use_case;
use ipt_domain::id::PlacementId;

use super::dto::PlacementDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// One placement
#[utoipa::path(
    tag = "placements",
    operation_id = "get_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    responses((status = 200, description = "The placement", body = PlacementDto)),
)]
#[get("/placements/{id}")]
#[tracing::instrument(name = "http.placement.get_placement", skip_all)]
pub(super) async fn get_placement(actor: ActorArg, state: State, id: PathId<PlacementId>) -> Answer {
    let shown = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(shown.view.placement.version(), &PlacementDto::from(shown))
}
