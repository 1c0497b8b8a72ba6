//! `GET /organisations`

use actix_web::get;
use ipt_application::placement::organisations::list as use_case;
use ipt_ports::placement::NameSort;
use utoipa::IntoParams;

use super::dto::OrganisationDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
};

/// Which organisations are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct OrganisationFilter {
    /// Only (or only not) verified ones.
    verified: Option<bool>,
    /// In this sector.
    sector: Option<String>,
    /// In this city.
    city: Option<String>,
    /// Whose name contains this.
    q: Option<String>,
}

impl FromQuery for OrganisationFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            verified: query.flag("verified"),
            sector: query.text("sector"),
            city: query.text("city"),
            q: query.text("q"),
        }
    }
}

/// The organisations that the institution deals with
#[utoipa::path(
    tag = "organisations",
    operation_id = "list_organisations",
    params(OrganisationFilter, PageParams<NameSort>),
    responses((status = 200, description = "A page of organisations", body = ListBody<OrganisationDto>)),
)]
#[get("/organisations")]
#[tracing::instrument(name = "http.placement.list_organisations", skip_all)]
pub(super) async fn list_organisations(
    actor: ActorArg,
    state: State,
    listing: Listing<OrganisationFilter, NameSort>,
) -> Answer {
    let OrganisationFilter {
        verified,
        sector,
        city,
        q,
    } = &listing.filter;
    let command = use_case::Command {
        verified: *verified,
        sector: sector.clone(),
        city: city.clone(),
        text: q.clone(),
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, command).await?;
    listing.answer(page, total, OrganisationDto::from)
}
