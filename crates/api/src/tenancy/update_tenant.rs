//! `PATCH /tenant`

use actix_web::patch;
use ipt_application::tenancy::update;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::TenantDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json},
    state::State,
};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateTenant {
    #[serde(default)]
    #[schema(example = "University of Dar es Salaam")]
    name: Option<String>,
    /// The time zone, as an IANA name.
    #[serde(default)]
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: Option<String>,
    /// Whether people may register themselves, as students.
    #[serde(default)]
    self_registration: Option<bool>,
}

/// Change the institution's settings
#[utoipa::path(
    tag = "tenancy",
    operation_id = "update_tenant",
    responses((status = 200, description = "Changed", body = TenantDto)),
)]
#[patch("/tenant")]
#[tracing::instrument(name = "http.tenancy.update_tenant", skip_all)]
pub(super) async fn update_tenant(
    actor: ActorArg,
    state: State,
    seen: IfMatch,
    body: Json<UpdateTenant>,
) -> Answer {
    let UpdateTenant {
        name,
        timezone,
        self_registration,
    } = body.0;
    let command = update::Command {
        seen: seen.0,
        name,
        timezone,
        self_registration,
    };
    let institution = update::execute(state.services(), &actor, &command).await?;
    one(institution.version(), &TenantDto::from(&institution))
}
