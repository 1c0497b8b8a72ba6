//! `GET /programmes`

use actix_web::get;
use ipt_application::placement::programmes::list as use_case;
use ipt_ports::placement::NameSort;
use utoipa::IntoParams;

use super::dto::ProgrammeDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
};

/// Which programmes are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct ProgrammeFilter {
    /// Whose name or code contains this.
    q: Option<String>,
}

impl FromQuery for ProgrammeFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self { q: query.text("q") }
    }
}

/// The programmes of the institution
#[utoipa::path(
    tag = "programmes",
    operation_id = "list_programmes",
    params(ProgrammeFilter, PageParams<NameSort>),
    responses((status = 200, description = "A page of programmes", body = ListBody<ProgrammeDto>)),
)]
#[get("/programmes")]
#[tracing::instrument(name = "http.placement.list_programmes", skip_all)]
pub(super) async fn list_programmes(
    actor: ActorArg,
    state: State,
    listing: Listing<ProgrammeFilter, NameSort>,
) -> Answer {
    let command = use_case::Command {
        text: listing.filter.q.clone(),
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, &command).await?;
    listing.answer(page, total, ProgrammeDto::from)
}
