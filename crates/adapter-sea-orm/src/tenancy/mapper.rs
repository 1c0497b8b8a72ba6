//! Between rows and institutions.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::TenantId,
    tenancy::{
        branding::{Branding, Colour, LogoUrl},
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, TenantCode},
    },
};
use ipt_ports::RepositoryError;
use uuid::Uuid;

use super::tenant_row;
use crate::{error::damaged, fold::folded, number};

const TABLE: &str = "tenant";

/// An institution, from its row and its holidays.
pub(crate) fn institution(
    row: tenant_row::Model,
    holidays: BTreeSet<NaiveDate>,
) -> Result<Institution, RepositoryError> {
    let id = row.id;
    let code = TenantCode::parse(&row.code)
        .map_err(|_| damaged(TABLE, "code", id, "it has not the form of a code"))?;
    let calendar = calendar(id, &row.time_zone, row.weekend_days, holidays)?;
    let branding = branding(&row)?;
    let version = number::version(row.version, TABLE, id)?;
    Ok(Institution::from_parts(
        TenantId::new(id),
        code,
        row.name,
        calendar,
        row.self_registration,
        branding,
        version,
    ))
}

/// The calendar of an institution, from those of its columns that say it, and its holidays.
pub(crate) fn calendar(
    id: Uuid,
    time_zone: &str,
    weekend_days: i32,
    holidays: BTreeSet<NaiveDate>,
) -> Result<WorkingCalendar, RepositoryError> {
    let damaged = |column, why| damaged(TABLE, column, id, why);
    let zone = time_zone
        .parse()
        .map_err(|_| damaged("time_zone", "there is no such zone"))?;
    let weekend = u8::try_from(weekend_days)
        .ok()
        .and_then(|bits| WeekendDays::from_bits(bits).ok())
        .ok_or_else(|| damaged("weekend_days", "these are no days of a week, or all of them"))?;
    Ok(WorkingCalendar::new(zone, weekend, holidays))
}

fn branding(row: &tenant_row::Model) -> Result<Branding, RepositoryError> {
    let colour = row.colour.as_deref().map(Colour::parse).transpose();
    let logo_url = row.logo_url.as_deref().map(LogoUrl::parse).transpose();
    Ok(Branding {
        display_name: row.display_name.clone(),
        colour: colour.map_err(|_| damaged(TABLE, "colour", row.id, "it is no colour"))?,
        logo_text: row.logo_text.clone(),
        logo_url: logo_url.map_err(|_| damaged(TABLE, "logo_url", row.id, "it is no address of a logo"))?,
    })
}

/// The row of an institution. `at` is when it was made, which is kept when it changes.
pub(super) fn row(institution: &Institution, at: Instant) -> tenant_row::Model {
    let (calendar, branding) = (institution.calendar(), institution.branding());
    tenant_row::Model {
        id: institution.id().uuid(),
        code: institution.code().as_str().to_owned(),
        name: institution.name().to_owned(),
        name_folded: folded(institution.name()),
        time_zone: calendar.zone().name().to_owned(),
        weekend_days: i32::from(calendar.weekend().bits()),
        created_at: at,
        version: number::stored_version(institution.version()),
        self_registration: institution.takes_registrations(),
        display_name: branding.display_name.clone(),
        colour: branding.colour.map(|colour| colour.to_string()),
        logo_text: branding.logo_text.clone(),
        logo_url: branding.logo_url.as_ref().map(|url| url.as_str().to_owned()),
    }
}
