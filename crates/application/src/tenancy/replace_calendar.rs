//! Replacing the institution's weekend days and holidays.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use ipt_domain::{identity::permission::Permission, tenancy::institution::Institution, version::Version};

use super::{Changes, TenancyError, save};
use crate::{Caller, Services, concurrency::settle};

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
    let tenant = caller.tenant_with(Permission::TenantManage)?;
    let changes = Changes {
        weekend_days: Some(command.weekend_days.clone()),
        holidays: Some(command.holidays.clone()),
        ..Changes::default()
    };
    let deed = ("tenancy.replace_calendar", tenant);
    settle(|| save(services, caller, deed, command.seen, &changes)).await
}
