//! `POST /organisations/{id}/verify`

use actix_web::post;
use ipt_application::placement::organisations::verify as use_case;
use ipt_domain::id::OrganisationId;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    state::State,
};

/// Verify an organisation
///
/// For one's own institution only. Placements are approved at verified organisations.
#[utoipa::path(
    tag = "organisations",
    operation_id = "verify_organisation",
    params(("id" = Uuid, Path, description = "The organisation's id")),
    responses((status = 200, description = "Verified", body = OrganisationDto)),
)]
#[post("/organisations/{id}/verify")]
#[tracing::instrument(name = "http.placement.verify_organisation", skip_all)]
pub(super) async fn verify_organisation(
    actor: ActorArg,
    state: State,
    id: PathId<OrganisationId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let view = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(view.organisation.version(), &OrganisationDto::from(view))
}
