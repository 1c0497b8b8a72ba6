//! Institutions: their settings, calendars and looks, as their administrators keep them, and [`tenants`], what somebody who
//! keeps the deployment does.

mod changes;
pub mod error;
pub mod get;
pub mod replace_calendar;
pub mod tenants;
pub mod update;

pub use changes::{BrandingDraft, Changes, MAX_HOLIDAYS};
pub use error::{TenancyError, TenancyViolation};

#[cfg(test)]
mod tests;

use ipt_domain::{
    id::TenantId,
    tenancy::{branding::LogoUrl, institution::Institution},
    version::Version,
};
use ipt_ports::{Scope, engagement::Trail};
use serde_json::{Value, json};

use crate::{
    Caller, Services,
    concurrency::check_seen,
    trail::{Deed, Doer, trail},
};

/// Changes an institution that the caller may change, and leaves a trail; nothing happens when nothing differs.
async fn save(
    services: &Services,
    caller: &Caller,
    (action, tenant): (&'static str, TenantId),
    seen: Option<Version>,
    changes: &Changes,
) -> Result<Institution, TenancyError> {
    let mut work = services.database.begin(Scope::tenant(tenant)).await?;
    let before = work
        .tenancy()
        .institution(tenant)
        .await?
        .ok_or(TenancyError::NotFound)?;
    check_seen(seen, before.version())?;
    let after = changes.apply(before.clone())?;
    if after == before {
        return Ok(after);
    }
    let trail = record(services, caller, action, (&before, &after));
    work.tenancy()
        .save_institution(&after, Some(before.version()), &trail)
        .await?;
    work.commit().await?;
    Ok(after)
}

/// The trail of a change of an institution.
fn record(
    services: &Services,
    caller: &Caller,
    action: &'static str,
    (before, after): (&Institution, &Institution),
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: "tenant",
        object_id: after.id().uuid(),
        tenant: Some(after.id()),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "before": values(before), "after": values(after) }),
    };
    trail(services, Doer::Caller(caller), deed, Vec::new())
}

/// An institution, as it stands in the trail.
fn values(institution: &Institution) -> Value {
    let (calendar, branding) = (institution.calendar(), institution.branding());
    json!({
        "name": institution.name(),
        "timezone": calendar.zone().name(),
        "weekend": calendar.weekend().bits(),
        "holidays": calendar.holidays(),
        "self_registration": institution.takes_registrations(),
        "branding": {
            "display_name": branding.display_name,
            "colour": branding.colour.map(|colour| colour.to_string()),
            "logo_text": branding.logo_text,
            "logo_url": branding.logo_url.as_ref().map(LogoUrl::as_str),
        },
    })
}
