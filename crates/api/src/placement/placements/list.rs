//! `GET /placements`

use actix_web::get;
use ipt_application::placement::placements::list as use_case;
use ipt_domain::{
    id::{OrganisationId, ProgrammeId, UserId},
    placement::state::PlacementStateName as PlacementState,
};
use ipt_ports::{
    page::{Direction, Sort},
    placement::PlacementSort,
};
use utoipa::IntoParams;

use super::dto::PlacementDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
    wire::PlacementStateName,
};

/// Which placements are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct PlacementFilter {
    /// In one of these states: repeated, or between commas.
    #[param(value_type = Option<Vec<PlacementStateName>>)]
    state: Vec<PlacementState>,
    /// Of this student.
    #[param(value_type = Option<Uuid>)]
    student_id: Option<UserId>,
    /// At this organisation.
    #[param(value_type = Option<Uuid>)]
    organisation_id: Option<OrganisationId>,
    /// Of this programme.
    #[param(value_type = Option<Uuid>)]
    programme_id: Option<ProgrammeId>,
    /// With this supervisor, on either side.
    #[param(value_type = Option<Uuid>)]
    supervisor_id: Option<UserId>,
}

impl FromQuery for PlacementFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            state: query.several("state"),
            student_id: query.id("student_id"),
            organisation_id: query.id("organisation_id"),
            programme_id: query.id("programme_id"),
            supervisor_id: query.id("supervisor_id"),
        }
    }
}

impl Sortable for PlacementSort {
    const FIELDS: &'static [(&'static str, Self)] =
        &[("start_date", Self::StartDate), ("created_at", Self::CreatedAt)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::CreatedAt,
        direction: Direction::Descending,
    };
}

/// The placements that concern one
///
/// One's own, those that one supervises, and for a coordinator all of the institution.
#[utoipa::path(
    tag = "placements",
    operation_id = "list_placements",
    params(PlacementFilter, PageParams<PlacementSort>),
    responses((status = 200, description = "A page of placements", body = ListBody<PlacementDto>)),
)]
#[get("/placements")]
#[tracing::instrument(name = "http.placement.list_placements", skip_all)]
pub(super) async fn list_placements(
    actor: ActorArg,
    state: State,
    listing: Listing<PlacementFilter, PlacementSort>,
) -> Answer {
    let filter = &listing.filter;
    let command = use_case::Command {
        states: filter.state.clone(),
        student_id: filter.student_id,
        organisation_id: filter.organisation_id,
        programme_id: filter.programme_id,
        supervisor_id: filter.supervisor_id,
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, command).await?;
    listing.answer(page, total, PlacementDto::from)
}
