//! `GET /programmes/{id}`

use actix_web::get;
use ipt_application::placement::programmes::get as use_case;
use ipt_domain::id::ProgrammeId;

use super::dto::ProgrammeDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// One programme, with its policy as it is now
#[utoipa::path(
    tag = "programmes",
    operation_id = "get_programme",
    params(("id" = Uuid, Path, description = "The programme's id")),
    responses((status = 200, description = "The programme", body = ProgrammeDto)),
)]
#[get("/programmes/{id}")]
#[tracing::instrument(name = "http.placement.get_programme", skip_all)]
pub(super) async fn get_programme(actor: ActorArg, state: State, id: PathId<ProgrammeId>) -> Answer {
    let programme = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(programme.version(), &ProgrammeDto::from(programme))
}
