//! `POST /placements/reopen-days`

use actix_web::post;
use ipt_application::placement::reopen_days as use_case;
use ipt_domain::id::PlacementId;
use ipt_ports::logbook::Reopening;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, Json},
    state::State,
    wire::{Date, Timestamp},
};

/// Which days of which placements.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReopenDays {
    #[schema(min_items = 1, max_items = 100)]
    placement_ids: Vec<Uuid>,
    /// The first day.
    from: Date,
    /// The last day.
    to: Date,
    #[serde(default)]
    #[schema(example = "the network was down")]
    reason: Option<String>,
}

/// Days of one placement that were opened again.
#[derive(Serialize, ToSchema)]
#[schema(as = Reopening)]
struct ReopeningDto {
    id: Uuid,
    placement_id: Uuid,
    from: Date,
    to: Date,
    reason: String,
    by: Uuid,
    at: Timestamp,
}

impl From<Reopening> for ReopeningDto {
    fn from(reopening: Reopening) -> Self {
        Self {
            id: reopening.id.uuid(),
            placement_id: reopening.placement_id.uuid(),
            from: Date(reopening.from),
            to: Date(reopening.to),
            reason: reopening.reason,
            by: reopening.by.uuid(),
            at: Timestamp(reopening.at),
        }
    }
}

/// What was opened again, one for each placement.
#[derive(Serialize, ToSchema)]
struct Reopened {
    items: Vec<ReopeningDto>,
}

/// Open days again for late entries
///
/// For one student or many: all of them, or none.
#[utoipa::path(
    tag = "placements",
    operation_id = "reopen_days",
    responses((status = 200, description = "Opened", body = Reopened)),
)]
#[post("/placements/reopen-days")]
#[tracing::instrument(name = "http.placement.reopen_days", skip_all)]
pub(super) async fn reopen_days(actor: ActorArg, state: State, body: Json<ReopenDays>) -> Answer {
    let ReopenDays {
        placement_ids,
        from,
        to,
        reason,
    } = body.0;
    let command = use_case::Command {
        placement_ids: placement_ids.into_iter().map(PlacementId::new).collect(),
        from: from.0,
        to: to.0,
        reason,
    };
    let opened = use_case::execute(state.services(), &actor, &command).await?;
    plain(&Reopened {
        items: opened.into_iter().map(ReopeningDto::from).collect(),
    })
}
