//! An institution, as it goes over the wire.

use ipt_application::tenancy::BrandingDraft;
use ipt_domain::tenancy::{branding::Branding, institution::Institution};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Date, Named, WeekdayName};

/// An institution.
#[derive(Serialize, ToSchema)]
#[schema(as = Tenant)]
pub(super) struct TenantDto {
    id: Uuid,
    /// The code, as it is given at sign-in.
    #[schema(example = "udsm")]
    code: String,
    name: String,
    /// The time zone, as an IANA name: by it days are judged where a workplace has none of its own.
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: String,
    /// Whether people may register themselves, as students.
    self_registration: bool,
    branding: BrandingDto,
    version: u32,
}

impl From<&Institution> for TenantDto {
    fn from(institution: &Institution) -> Self {
        Self {
            id: institution.id().uuid(),
            code: institution.code().as_str().to_owned(),
            name: institution.name().to_owned(),
            timezone: institution.calendar().zone().name().to_owned(),
            self_registration: institution.takes_registrations(),
            branding: institution.branding().into(),
            version: institution.version().number(),
        }
    }
}

/// How an institution shows itself in mails.
#[derive(Serialize, ToSchema)]
#[schema(as = Branding)]
pub(super) struct BrandingDto {
    /// The name at the head of a mail.
    display_name: Option<String>,
    /// The colour of the head and of buttons.
    #[schema(example = "#0b5cab")]
    colour: Option<String>,
    /// A short text in place of a logo, or for those whose program shows no pictures.
    logo_text: Option<String>,
    /// Where the picture of the logo lies.
    #[schema(example = "https://www.udsm.ac.tz/logo.png")]
    logo_url: Option<String>,
}

impl From<&Branding> for BrandingDto {
    fn from(branding: &Branding) -> Self {
        Self {
            display_name: branding.display_name.clone(),
            colour: branding.colour.map(|colour| colour.to_string()),
            logo_text: branding.logo_text.clone(),
            logo_url: branding.logo_url.as_ref().map(|url| url.as_str().to_owned()),
        }
    }
}

/// How an institution is to show itself in mails: this replaces the former look whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct SetBranding {
    /// The name at the head of a mail; at most 100 characters.
    #[schema(example = "University of Dar es Salaam")]
    display_name: Option<String>,
    /// The colour of the head and of buttons, as `#rrggbb`.
    #[schema(example = "#0b5cab")]
    colour: Option<String>,
    /// A short text in place of a logo; at most 40 characters.
    logo_text: Option<String>,
    /// Where the picture of the logo lies; an https address.
    #[schema(example = "https://www.udsm.ac.tz/logo.png")]
    logo_url: Option<String>,
}

impl From<SetBranding> for BrandingDraft {
    fn from(set: SetBranding) -> Self {
        let SetBranding {
            display_name,
            colour,
            logo_text,
            logo_url,
        } = set;
        Self {
            display_name,
            colour,
            logo_text,
            logo_url,
        }
    }
}

/// The days on which an institution does not work.
#[derive(Serialize, ToSchema)]
#[schema(as = Calendar)]
pub(super) struct CalendarDto {
    /// The time zone, as an IANA name; changed with the institution.
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: String,
    /// The weekly days off.
    weekend_days: Vec<WeekdayName>,
    /// The holidays, in order.
    holidays: Vec<Date>,
    version: u32,
}

impl From<&Institution> for CalendarDto {
    fn from(institution: &Institution) -> Self {
        let calendar = institution.calendar();
        Self {
            timezone: calendar.zone().name().to_owned(),
            weekend_days: calendar.weekend().days().map(Named).collect(),
            holidays: calendar.holidays().iter().copied().map(Date).collect(),
            version: institution.version().number(),
        }
    }
}
