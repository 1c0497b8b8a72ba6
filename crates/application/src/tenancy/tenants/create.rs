//! A further institution.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use ipt_domain::{
    id::TenantId,
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, MAX_NAME, TenantCode},
    },
    text,
    version::Version,
};
use ipt_ports::{Scope, SystemScope};
use serde_json::json;

use super::check_keeper;
use crate::{
    Caller, Services,
    concurrency::settle,
    rules::BrokenRules,
    tenancy::{Changes, TenancyError, TenancyViolation, values},
    trail::{Deed, Doer, trail},
};

/// The institution.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The code, which never changes.
    pub code: String,
    /// The name.
    pub name: String,
    /// What else is known; left out, the time zone is UTC, Saturday and Sunday are off, and there are no holidays.
    pub settings: Changes,
}

/// Makes an institution. It has no people yet: the first administrator is added next.
///
/// # Errors
/// [`TenancyError::Denied`], then every broken rule together, a code that is taken among them.
#[tracing::instrument(name = "usecase.tenancy.tenants.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    check_keeper(caller)?;
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Institution, TenancyError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Operator))
        .await?;
    let mut broken = BrokenRules::default();
    let code = broken.keep(TenantCode::parse(&command.code).map_err(TenancyViolation::Code));
    if let Some(code) = &code
        && work.tenancy().institution_by_code(code).await?.is_some()
    {
        broken.push(TenancyViolation::CodeTaken);
    }
    let name = broken.keep(text::name(&command.name, MAX_NAME).map_err(TenancyViolation::Name));
    let usual = WorkingCalendar::new(Tz::UTC, WeekendDays::SATURDAY_AND_SUNDAY, BTreeSet::new());
    let calendar = command.settings.calendar(&usual, &mut broken);
    let branding = command.settings.branding(&mut broken).unwrap_or_default();
    broken.into_result()?;
    let (Some(code), Some(name)) = (code, name) else {
        return Err(TenancyError::NotFound);
    };
    let id = TenantId::new(services.ids.next());
    let open = command.settings.self_registration.unwrap_or(true);
    let made = Institution::from_parts(id, code, name, calendar, open, branding, Version::FIRST);
    let deed = Deed {
        action: "tenancy.create".into(),
        object_kind: "tenant",
        object_id: id.uuid(),
        tenant: Some(id),
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "code": made.code().as_str(), "after": values(&made) }),
    };
    let trail = trail(services, Doer::Caller(caller), deed, Vec::new());
    work.tenancy().save_institution(&made, None, &trail).await?;
    work.commit().await?;
    Ok(made)
}
