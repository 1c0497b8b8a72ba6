//! `POST /organisations/{id}/sites`

use actix_web::post;
use ipt_application::placement::sites::create as use_case;
use ipt_domain::id::OrganisationId;

use super::{dto::SiteDto, input::SiteBody};
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json, PathId},
    state::State,
};

/// Add a site to an organisation
///
/// One's own institution's; shared when the organisation's own people add it.
#[utoipa::path(
    tag = "organisations",
    operation_id = "create_site",
    params(("id" = Uuid, Path, description = "The organisation's id")),
    responses((status = 201, description = "Added", body = SiteDto)),
)]
#[post("/organisations/{id}/sites")]
#[tracing::instrument(name = "http.placement.create_site", skip_all)]
pub(super) async fn create_site(
    actor: ActorArg,
    state: State,
    id: PathId<OrganisationId>,
    body: Json<SiteBody>,
) -> Answer {
    let input = body.0.try_into()?;
    let site = use_case::execute(state.services(), &actor, id.required()?, &input).await?;
    let (id, version) = (site.id(), site.version());
    created(&format!("/api/v1/sites/{id}"), version, &SiteDto::from(site))
}
