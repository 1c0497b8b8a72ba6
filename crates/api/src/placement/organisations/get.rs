//! `GET /organisations/{id}`

use actix_web::get;
use ipt_application::placement::organisations::get as use_case;
use ipt_domain::id::OrganisationId;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// One organisation
#[utoipa::path(
    tag = "organisations",
    operation_id = "get_organisation",
    params(("id" = Uuid, Path, description = "The organisation's id")),
    responses((status = 200, description = "The organisation", body = OrganisationDto)),
)]
#[get("/organisations/{id}")]
#[tracing::instrument(name = "http.placement.get_organisation", skip_all)]
pub(super) async fn get_organisation(actor: ActorArg, state: State, id: PathId<OrganisationId>) -> Answer {
    let view = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(view.organisation.version(), &OrganisationDto::from(view))
}
