//! `POST /placements`

use actix_web::post;
use ipt_application::placement::placements::create as use_case;
use ipt_domain::{
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, UserId},
    placement::mode::Mode,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::PlacementDto;
use crate::{
    answer::{Answer, created},
    codes::protocol::INVALID_VALUE,
    extract::{ActorArg, Json},
    problem::Problem,
    state::State,
    wire::{Date, ModeName},
};

/// A placement to be proposed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreatePlacement {
    /// The student; a student may leave it out.
    #[serde(default)]
    student_id: Option<Uuid>,
    organisation_id: Uuid,
    #[serde(default)]
    site_id: Option<Uuid>,
    programme_id: Uuid,
    /// On site by default.
    #[serde(default)]
    mode: Option<ModeName>,
    /// The earlier placement that it continues.
    #[serde(default)]
    continues: Option<Uuid>,
    /// The vacancy that it fills; there are none yet.
    #[serde(default)]
    vacancy_id: Option<Uuid>,
    #[serde(default)]
    industrial_supervisor_id: Option<Uuid>,
    #[serde(default)]
    university_supervisor_id: Option<Uuid>,
    /// The first day.
    start_date: Date,
    /// The last day.
    end_date: Date,
    /// Family or ownership between the student and the host. It blocks nothing, and is shown on reviews.
    #[serde(default)]
    relationship_declared: Option<String>,
}

/// Propose a placement
///
/// A student one's own, a coordinator anybody's.
#[utoipa::path(
    tag = "placements",
    operation_id = "create_placement",
    responses((status = 201, description = "Proposed", body = PlacementDto)),
)]
#[post("/placements")]
#[tracing::instrument(name = "http.placement.create_placement", skip_all)]
pub(super) async fn create_placement(actor: ActorArg, state: State, body: Json<CreatePlacement>) -> Answer {
    let body = body.0;
    if body.vacancy_id.is_some() {
        return Err(Problem::field(
            "/vacancy_id",
            INVALID_VALUE,
            "there is no such vacancy",
        ));
    }
    let command = use_case::Command {
        student_id: body.student_id.map(UserId::new),
        organisation_id: OrganisationId::new(body.organisation_id),
        site_id: body.site_id.map(SiteId::new),
        programme_id: ProgrammeId::new(body.programme_id),
        mode: body.mode.map_or_else(Mode::default, |mode| mode.0),
        continues: body.continues.map(PlacementId::new),
        industrial_supervisor_id: body.industrial_supervisor_id.map(UserId::new),
        university_supervisor_id: body.university_supervisor_id.map(UserId::new),
        start_date: body.start_date.0,
        end_date: body.end_date.0,
        relationship_declared: body.relationship_declared,
    };
    let shown = use_case::execute(state.services(), &actor, &command).await?;
    let (id, version) = (shown.view.placement.id(), shown.view.placement.version());
    created(
        &format!("/api/v1/placements/{id}"),
        version,
        &PlacementDto::from(shown),
    )
}
