//! `PATCH /sites/{id}`

use actix_web::patch;
use ipt_application::placement::sites::update as use_case;
use ipt_domain::id::SiteId;

use super::{dto::SiteDto, input::SiteBody};
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
};

/// Change a site
#[utoipa::path(
    tag = "organisations",
    operation_id = "update_site",
    params(("id" = Uuid, Path, description = "The site's id")),
    responses((status = 200, description = "Changed", body = SiteDto)),
)]
#[patch("/sites/{id}")]
#[tracing::instrument(name = "http.placement.update_site", skip_all)]
pub(super) async fn update_site(
    actor: ActorArg,
    state: State,
    id: PathId<SiteId>,
    seen: IfMatch,
    body: Json<SiteBody>,
) -> Answer {
    let input = body.0.try_into()?;
    let command = use_case::Command {
        id: id.required()?,
        seen: seen.0,
        input,
    };
    let site = use_case::execute(state.services(), &actor, &command).await?;
    one(site.version(), &SiteDto::from(site))
}
