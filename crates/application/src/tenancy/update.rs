//! Changing the institution's settings.

use ipt_domain::{
    identity::permission::Permission,
    tenancy::{calendar::WorkingCalendar, institution::Institution},
    version::Version,
};

use super::{TenancyError, TenancyViolation, record};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    rules::BrokenRules,
    zone,
};

/// What to change; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The name.
    pub name: Option<String>,
    /// The time zone, as an IANA name. Days and due dates are judged by it from now on; those that are set stay.
    pub timezone: Option<String>,
    /// Whether people may register themselves, as students.
    pub self_registration: Option<bool>,
}

/// Changes the institution in which the caller acts.
///
/// # Errors
/// [`TenancyError::Denied`], [`TenancyError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.tenancy.update", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    let tenant = caller.tenant_with(Permission::TenantManage)?;
    let mut work = services.database.begin(caller.scope()).await?;
    let before = work
        .tenancy()
        .institution(tenant)
        .await?
        .ok_or(TenancyError::NotFound)?;
    check_seen(command.seen, before.version())?;
    let after = changed(before.clone(), command)?;
    if after == before {
        return Ok(after);
    }
    let trail = record(services, caller, "tenancy.update", (&before, &after));
    work.tenancy()
        .save_institution(&after, Some(before.version()), &trail)
        .await?;
    work.commit().await?;
    Ok(after)
}

/// The institution as the command has it; as it was when nothing differs.
fn changed(institution: Institution, command: &Command) -> Result<Institution, BrokenRules> {
    let mut broken = BrokenRules::default();
    let mut changed = institution;
    if let Some(zone) = &command.timezone {
        let zone = broken.keep(zone::parse(zone).map_err(TenancyViolation::Zone));
        let calendar = changed.calendar();
        if let Some(zone) = zone.filter(|zone| *zone != calendar.zone()) {
            let calendar = WorkingCalendar::new(zone, calendar.weekend(), calendar.holidays().clone());
            changed = changed.with_calendar(calendar);
        }
    }
    if let Some(name) = command.name.as_deref().filter(|name| *name != changed.name()) {
        let renamed = broken.keep(changed.clone().renamed(name).map_err(TenancyViolation::Name));
        changed = renamed.unwrap_or(changed);
    }
    if let Some(open) = command
        .self_registration
        .filter(|open| *open != changed.takes_registrations())
    {
        changed = changed.with_self_registration(open);
    }
    broken.into_result()?;
    Ok(changed)
}
