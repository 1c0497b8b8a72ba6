//! `PATCH /tenant`

use actix_web::patch;
use ipt_application::tenancy::{BrandingDraft, Changes, update};
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::{SetBranding, TenantDto};
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
    /// The look in mails, which replaces the former one whole.
    #[serde(default)]
    branding: Option<SetBranding>,
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
        branding,
    } = body.0;
    let changes = Changes {
        name,
        timezone,
        self_registration,
        branding: branding.map(BrandingDraft::from),
        ..Changes::default()
    };
    let command = update::Command {
        seen: seen.0,
        changes,
    };
    let institution = update::execute(state.services(), &actor, &command).await?;
    one(institution.version(), &TenantDto::from(&institution))
}
