//! `PATCH /placements/{id}`

use actix_web::patch;
use ipt_application::placement::placements::update as use_case;
use ipt_domain::id::{OrganisationId, PlacementId, SiteId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::PlacementDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    wire::{Date, ModeName, Nullable, nullable},
};

/// What to change; what is left out stays, and `null` takes a value away where that can be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdatePlacement {
    /// `null` until the approval only.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    industrial_supervisor_id: Nullable<Uuid>,
    /// `null` until the approval only.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    university_supervisor_id: Nullable<Uuid>,
    /// Why a supervisor is replaced, or a part left open again.
    reason: Option<String>,
    start_date: Option<Date>,
    end_date: Option<Date>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    site_id: Nullable<Uuid>,
    mode: Option<ModeName>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    relationship_declared: Nullable<String>,
    /// Until the approval only.
    organisation_id: Option<Uuid>,
    /// Until the approval only.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    continues: Nullable<Uuid>,
}

/// Change a placement
///
/// A supervisor is replaced with a reason; open reviews go to the successor. Until the approval, who hosts can change
/// together with the site and the industrial supervisor, who is then judged as one of the new host.
#[utoipa::path(
    tag = "placements",
    operation_id = "update_placement",
    params(("id" = Uuid, Path, description = "The placement's id")),
    responses((status = 200, description = "Changed", body = PlacementDto)),
)]
#[patch("/placements/{id}")]
#[tracing::instrument(name = "http.placement.update_placement", skip_all)]
pub(super) async fn update_placement(
    actor: ActorArg,
    state: State,
    id: PathId<PlacementId>,
    seen: IfMatch,
    body: Json<UpdatePlacement>,
) -> Answer {
    let body = body.0;
    let command = use_case::Command {
        id: id.required()?,
        seen: seen.0,
        industrial_supervisor_id: body
            .industrial_supervisor_id
            .map(|person| person.map(UserId::new)),
        university_supervisor_id: body
            .university_supervisor_id
            .map(|person| person.map(UserId::new)),
        reason: body.reason,
        start_date: body.start_date.map(|date| date.0),
        end_date: body.end_date.map(|date| date.0),
        site_id: body.site_id.map(|site| site.map(SiteId::new)),
        mode: body.mode.map(|mode| mode.0),
        relationship_declared: body.relationship_declared,
        organisation_id: body.organisation_id.map(OrganisationId::new),
        continues: body.continues.map(|earlier| earlier.map(PlacementId::new)),
    };
    let shown = use_case::execute(state.services(), &actor, &command).await?;
    one(shown.view.placement.version(), &PlacementDto::from(shown))
}
