//! `GET /organisations/{id}/sites`

use actix_web::get;
use ipt_application::placement::sites::list as use_case;
use ipt_domain::id::OrganisationId;
use ipt_ports::placement::NameSort;

use super::dto::SiteDto;
use crate::{
    answer::{Answer, ListBody, Listing, NoFilter, PageParams},
    extract::{ActorArg, PathId},
    state::State,
};

/// The sites of an organisation
///
/// The shared ones, and one's own institution's.
#[utoipa::path(
    tag = "organisations",
    operation_id = "list_sites",
    params(("id" = Uuid, Path, description = "The organisation's id"), PageParams<NameSort>),
    responses((status = 200, description = "A page of sites", body = ListBody<SiteDto>)),
)]
#[get("/organisations/{id}/sites")]
#[tracing::instrument(name = "http.placement.list_sites", skip_all)]
pub(super) async fn list_sites(
    actor: ActorArg,
    state: State,
    id: PathId<OrganisationId>,
    listing: Listing<NoFilter, NameSort>,
) -> Answer {
    let organisation = id.required()?;
    let (page, total) = use_case::execute(
        state.services(),
        &actor,
        organisation,
        &listing.page,
        listing.count,
    )
    .await?;
    listing.answer(page, total, SiteDto::from)
}
