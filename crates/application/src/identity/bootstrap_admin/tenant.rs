//! The institution of the first administrator.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use ipt_domain::{
    id::TenantId,
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, MAX_NAME, TenantCode},
    },
    text,
};
use ipt_ports::UnitOfWork;
use serde_json::json;

use super::Command;
use crate::{
    Origin, Services,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
    zone,
};

/// An institution, by its code; name and time zone are for a new one.
#[derive(Clone, Debug)]
pub struct TenantCommand {
    /// The code.
    pub code: String,
    /// The name; the code when none is given.
    pub name: Option<String>,
    /// The time zone, as an IANA name; UTC when none is given.
    pub timezone: Option<String>,
}

/// An institution's parts, parsed.
pub(super) struct Wanted {
    code: TenantCode,
    name: String,
    zone: Tz,
}

/// Checks what was given of the institution, and that one was given where the role needs it.
pub(super) fn check(command: &Command, broken: &mut BrokenRules) -> Option<Wanted> {
    let Some(given) = &command.tenant else {
        if !command.role.is_of_deployment() {
            broken.push(IdentityViolation::TenantRequired);
        }
        return None;
    };
    let code = broken.keep(TenantCode::parse(&given.code).map_err(IdentityViolation::TenantCode));
    let name = text::name(given.name.as_deref().unwrap_or(&given.code), MAX_NAME);
    let name = broken.keep(name.map_err(IdentityViolation::TenantName));
    let zone = given.timezone.as_deref().map_or(Ok(Tz::UTC), zone::parse);
    let zone = broken.keep(zone.map_err(IdentityViolation::Zone));
    Some(Wanted {
        code: code?,
        name: name?,
        zone: zone?,
    })
}

/// The institution with this code, made when it is new: with Saturday and Sunday off and no holidays. Whether it is new.
pub(super) async fn ensure(
    services: &Services,
    work: &mut dyn UnitOfWork,
    wanted: &Wanted,
) -> Result<(Institution, bool), IdentityError> {
    if let Some(known) = work.tenancy().institution_by_code(&wanted.code).await? {
        return Ok((known, false));
    }
    let calendar = WorkingCalendar::new(wanted.zone, WeekendDays::SATURDAY_AND_SUNDAY, BTreeSet::new());
    let id = TenantId::new(services.ids.next());
    let made = Institution::new(id, wanted.code.clone(), &wanted.name, calendar)
        .map_err(|error| BrokenRules::one(IdentityViolation::TenantName(error)))?;
    let deed = Deed {
        action: "tenancy.create".into(),
        object_kind: "tenant",
        object_id: id.uuid(),
        tenant: Some(id),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "code": wanted.code.as_str(), "name": wanted.name, "timezone": wanted.zone.name() }),
    };
    let trail = trail(services, Doer::system(&Origin::default()), deed, Vec::new());
    work.tenancy().save_institution(&made, None, &trail).await?;
    Ok((made, true))
}
