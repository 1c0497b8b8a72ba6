//! `POST /tenants`

use actix_web::post;
use ipt_application::tenancy::{BrandingDraft, Changes, tenants::create as use_case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::TenantInFull;
use crate::{
    answer::{Answer, created},
    extract::{ActorArg, Json},
    state::State,
    tenancy::dto::SetBranding,
    wire::{Date, WeekdayName},
};

/// A further institution.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateTenant {
    /// 2 to 32 lower-case letters, digits and hyphens; it never changes.
    #[schema(example = "udsm")]
    code: String,
    #[schema(example = "University of Dar es Salaam")]
    name: String,
    /// The time zone, as an IANA name; UTC when left out.
    #[serde(default)]
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: Option<String>,
    /// The weekly days off; Saturday and Sunday when left out.
    #[serde(default)]
    weekend_days: Option<Vec<WeekdayName>>,
    /// The holidays; none when left out.
    #[serde(default)]
    holidays: Option<Vec<Date>>,
    /// Whether people may register themselves, as students; they may when left out.
    #[serde(default)]
    self_registration: Option<bool>,
    /// The look in mails; the product's own when left out.
    #[serde(default)]
    branding: Option<SetBranding>,
}

/// Make an institution
///
/// For a superadmin. It has no people yet: add its first administrator next, at `/tenants/{id}/users`.
#[utoipa::path(
    tag = "tenants",
    operation_id = "create_tenant",
    responses((status = 201, description = "Made", body = TenantInFull)),
)]
#[post("/tenants")]
#[tracing::instrument(name = "http.tenancy.create_tenant", skip_all)]
pub(super) async fn create_tenant(actor: ActorArg, state: State, body: Json<CreateTenant>) -> Answer {
    let CreateTenant {
        code,
        name,
        timezone,
        weekend_days,
        holidays,
        self_registration,
        branding,
    } = body.0;
    let settings = Changes {
        name: None,
        timezone,
        weekend_days: weekend_days.map(|days| days.into_iter().map(|day| day.0).collect()),
        holidays: holidays.map(|dates| dates.into_iter().map(|date| date.0).collect()),
        self_registration,
        branding: branding.map(BrandingDraft::from),
    };
    let command = use_case::Command { code, name, settings };
    let made = use_case::execute(state.services(), &actor, &command).await?;
    let location = format!("/api/v1/tenants/{}", made.id());
    created(&location, made.version(), &TenantInFull::from(&made))
}
