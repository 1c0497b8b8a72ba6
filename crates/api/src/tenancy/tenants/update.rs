//! `PATCH /tenants/{id}`

use actix_web::patch;
use ipt_application::tenancy::{BrandingDraft, Changes, tenants::update as use_case};
use ipt_domain::id::TenantId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::TenantInFull;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
    tenancy::dto::SetBranding,
    wire::{Date, WeekdayName},
};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateTenantById {
    #[serde(default)]
    #[schema(example = "University of Dar es Salaam")]
    name: Option<String>,
    /// The time zone, as an IANA name.
    #[serde(default)]
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: Option<String>,
    /// The weekly days off.
    #[serde(default)]
    weekend_days: Option<Vec<WeekdayName>>,
    /// The holidays, which replace the former ones.
    #[serde(default)]
    holidays: Option<Vec<Date>>,
    /// Whether people may register themselves, as students.
    #[serde(default)]
    self_registration: Option<bool>,
    /// The look in mails, which replaces the former one whole.
    #[serde(default)]
    branding: Option<SetBranding>,
}

/// Change an institution
///
/// For a superadmin; an institution's own administrators do it at `/tenant`.
#[utoipa::path(
    tag = "tenants",
    operation_id = "update_tenant_by_id",
    params(("id" = Uuid, Path, description = "The institution's id")),
    responses((status = 200, description = "Changed", body = TenantInFull)),
)]
#[patch("/tenants/{id}")]
#[tracing::instrument(name = "http.tenancy.update_tenant_by_id", skip_all)]
pub(super) async fn update_tenant_by_id(
    actor: ActorArg,
    state: State,
    id: PathId<TenantId>,
    seen: IfMatch,
    body: Json<UpdateTenantById>,
) -> Answer {
    let UpdateTenantById {
        name,
        timezone,
        weekend_days,
        holidays,
        self_registration,
        branding,
    } = body.0;
    let changes = Changes {
        name,
        timezone,
        weekend_days: weekend_days.map(|days| days.into_iter().map(|day| day.0).collect()),
        holidays: holidays.map(|dates| dates.into_iter().map(|date| date.0).collect()),
        self_registration,
        branding: branding.map(BrandingDraft::from),
    };
    let command = use_case::Command {
        tenant: id.required()?,
        seen: seen.0,
        changes,
    };
    let institution = use_case::execute(state.services(), &actor, &command).await?;
    one(institution.version(), &TenantInFull::from(&institution))
}
