//! `PATCH /programmes/{id}`

use actix_web::patch;
use ipt_application::placement::programmes::update as use_case;
use ipt_domain::{id::ProgrammeId, placement::programme::ProgrammeChanges};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    dto::{ProgrammeDto, WindowDto},
    policy_dto::PolicyDto,
};
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateProgramme {
    name: Option<String>,
    code: Option<String>,
    credit_units: Option<f64>,
    required_hours: Option<f64>,
    required_days: Option<i64>,
    window: Option<WindowDto>,
    /// The keys of the policy that change. Placements that were approved keep the policy as it was.
    #[serde(default)]
    policy: PolicyDto,
}

/// Change a programme
#[utoipa::path(
    tag = "programmes",
    operation_id = "update_programme",
    params(("id" = Uuid, Path, description = "The programme's id")),
    responses((status = 200, description = "Changed", body = ProgrammeDto)),
)]
#[patch("/programmes/{id}")]
#[tracing::instrument(name = "http.placement.update_programme", skip_all)]
pub(super) async fn update_programme(
    actor: ActorArg,
    state: State,
    id: PathId<ProgrammeId>,
    seen: IfMatch,
    body: Json<UpdateProgramme>,
) -> Answer {
    let UpdateProgramme {
        name,
        code,
        credit_units,
        required_hours,
        required_days,
        window,
        policy,
    } = body.0;
    let changes = ProgrammeChanges {
        name,
        code,
        credit_units,
        required_hours,
        required_days,
        window: window.map(Into::into),
        policy: policy.into(),
    };
    let command = use_case::Command {
        id: id.required()?,
        seen: seen.0,
        changes,
    };
    let updated = use_case::execute(state.services(), &actor, &command).await?;
    one(updated.programme.version(), &ProgrammeDto::from(updated))
}
