//! `GET /organisations/directory`

use actix_web::get;
use ipt_application::placement::organisations::directory as use_case;
use ipt_ports::placement::NameSort;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::{Answer, ListBody, Listing, PageParams},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
};

/// Which organisations are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct DirectoryFilter {
    /// In this sector.
    sector: Option<String>,
    /// In this city.
    city: Option<String>,
    /// Whose name contains this.
    q: Option<String>,
}

impl FromQuery for DirectoryFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            sector: query.text("sector"),
            city: query.text("city"),
            q: query.text("q"),
        }
    }
}

/// What everybody may know of an organisation.
#[derive(Serialize, ToSchema)]
struct DirectoryEntry {
    id: Uuid,
    name: String,
    sector: Option<String>,
    city: Option<String>,
    country: Option<String>,
    /// Whether one's own institution deals with it.
    related: bool,
}

impl From<use_case::Entry> for DirectoryEntry {
    fn from(entry: use_case::Entry) -> Self {
        let organisation = &entry.organisation;
        Self {
            id: organisation.id().uuid(),
            name: organisation.name().to_owned(),
            sector: organisation.sector().map(str::to_owned),
            city: organisation.city().map(str::to_owned),
            country: organisation.country().map(str::to_owned),
            related: entry.related,
        }
    }
}

/// The directory of organisations
///
/// Every organisation of the deployment, once, whichever institutions deal with it. POST `/organisations/{id}/relation`
/// begins to deal with one.
#[utoipa::path(
    tag = "organisations",
    operation_id = "list_organisation_directory",
    params(DirectoryFilter, PageParams<NameSort>),
    responses((status = 200, description = "A page of the directory", body = ListBody<DirectoryEntry>)),
)]
#[get("/organisations/directory")]
#[tracing::instrument(name = "http.placement.list_organisation_directory", skip_all)]
pub(super) async fn list_organisation_directory(
    actor: ActorArg,
    state: State,
    listing: Listing<DirectoryFilter, NameSort>,
) -> Answer {
    let DirectoryFilter { sector, city, q } = &listing.filter;
    let command = use_case::Command {
        sector: sector.clone(),
        city: city.clone(),
        text: q.clone(),
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, command).await?;
    listing.answer(page, total, DirectoryEntry::from)
}
