//! `POST /programmes`

use actix_web::post;
use ipt_application::placement::programmes::create as use_case;
use ipt_domain::placement::programme::ProgrammeDraft;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    dto::{ProgrammeDto, WindowDto},
    policy_dto::PolicyDto,
};
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json},
    state::State,
};

/// A new programme.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateProgramme {
    #[schema(example = "Practical training, third year")]
    name: String,
    /// By which people call it; once in an institution.
    #[schema(example = "PT3")]
    code: String,
    #[schema(example = 6)]
    credit_units: f64,
    /// The validated hours that it asks for, in quarter hours.
    #[schema(example = 320)]
    required_hours: f64,
    /// The validated days that it asks for.
    #[schema(example = 40)]
    required_days: i64,
    window: WindowDto,
    #[serde(default)]
    policy: PolicyDto,
}

/// Make a programme
#[utoipa::path(
    tag = "programmes",
    operation_id = "create_programme",
    responses((status = 201, description = "Made", body = ProgrammeDto)),
)]
#[post("/programmes")]
#[tracing::instrument(name = "http.placement.create_programme", skip_all)]
pub(super) async fn create_programme(actor: ActorArg, state: State, body: Json<CreateProgramme>) -> Answer {
    let CreateProgramme {
        name,
        code,
        credit_units,
        required_hours,
        required_days,
        window,
        policy,
    } = body.0;
    let draft = ProgrammeDraft {
        name,
        code,
        credit_units,
        required_hours,
        required_days,
        window: window.into(),
        policy: policy.into(),
    };
    let programme = use_case::execute(state.services(), &actor, draft).await?;
    let (id, version) = (programme.id(), programme.version());
    created(
        &format!("/api/v1/programmes/{id}"),
        version,
        &ProgrammeDto::from(programme),
    )
}
