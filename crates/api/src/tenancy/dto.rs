//! An institution, as it goes over the wire.

use ipt_domain::tenancy::institution::Institution;
use serde::Serialize;
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
            version: institution.version().number(),
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
