//! Replacing the institution's weekend days and holidays.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use ipt_domain::{
    identity::permission::Permission,
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::Institution,
    },
    version::Version,
};

use super::{TenancyError, TenancyViolation, record};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    rules::BrokenRules,
};

/// The most holidays of a calendar: some thirty a year for a generation.
pub const MAX_HOLIDAYS: usize = 1_000;

/// The calendar.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The weekly days off.
    pub weekend_days: Vec<Weekday>,
    /// The holidays.
    pub holidays: BTreeSet<NaiveDate>,
}

/// Replaces the weekend days and holidays of the institution in which the caller acts. Due dates that are set stay.
///
/// # Errors
/// [`TenancyError::Denied`], [`TenancyError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.tenancy.replace_calendar", skip_all)]
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
    let mut broken = BrokenRules::default();
    let weekend = WeekendDays::from_days(command.weekend_days.iter().copied());
    let weekend = broken.keep(weekend.map_err(TenancyViolation::Weekend));
    if command.holidays.len() > MAX_HOLIDAYS {
        broken.push(TenancyViolation::TooManyHolidays { max: MAX_HOLIDAYS });
    }
    broken.into_result()?;
    let weekend = weekend.unwrap_or_else(|| before.calendar().weekend());
    let calendar = WorkingCalendar::new(before.calendar().zone(), weekend, command.holidays.clone());
    if calendar == *before.calendar() {
        return Ok(before);
    }
    let after = before.clone().with_calendar(calendar);
    let trail = record(services, caller, "tenancy.replace_calendar", (&before, &after));
    work.tenancy()
        .save_institution(&after, Some(before.version()), &trail)
        .await?;
    work.commit().await?;
    Ok(after)
}
