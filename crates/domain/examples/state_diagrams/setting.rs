//! A placement with its people, as far as a diagram needs them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use ipt_domain::{
    Instant,
    actor::Actor,
    id::{OrganisationId, PlacementId, ProgrammeId, TenantId, UserId},
    identity::{permission::PermissionSet, role::Role},
    placement::{
        mode::Mode,
        period::Period,
        placement::{Placement, PlacementParts},
        policy::PolicyVersion,
        state::PlacementState,
    },
    tenancy::calendar::{WeekendDays, WorkingCalendar},
    text::Remark,
    version::Version,
};
use uuid::Uuid;

use crate::Failure;

/// The student.
pub(crate) const STUDENT: u128 = 1;
/// The supervisor at the company.
pub(crate) const INDUSTRIAL: u128 = 2;
/// The supervisor at the university.
pub(crate) const UNIVERSITY: u128 = 3;
/// A coordinator.
pub(crate) const COORDINATOR: u128 = 4;

/// Each person with the one role.
pub(crate) const PEOPLE: [(u128, Role); 4] = [
    (STUDENT, Role::Student),
    (INDUSTRIAL, Role::IndustrialSupervisor),
    (UNIVERSITY, Role::UniversitySupervisor),
    (COORDINATOR, Role::Coordinator),
];

/// The first day.
pub(crate) const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 7, 6) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

pub(crate) const fn now() -> Instant {
    DateTime::from_naive_utc_and_offset(TODAY.and_time(chrono::NaiveTime::MIN), chrono::Utc)
}

pub(crate) const fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

pub(crate) const fn organisation() -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(800))
}

pub(crate) fn actor((number, role): (u128, Role)) -> Actor {
    let tenant = TenantId::new(Uuid::from_u128(900));
    Actor::new(
        user(number),
        Some(tenant),
        vec![(tenant, role.permissions())],
        PermissionSet::EMPTY,
    )
}

pub(crate) fn reason() -> Result<Remark, Failure> {
    Remark::parse(Some("As agreed."))?.ok_or_else(|| "a remark that can be seen".into())
}

pub(crate) fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(
        chrono_tz::Tz::UTC,
        WeekendDays::SATURDAY_AND_SUNDAY,
        BTreeSet::new(),
    )
}

/// Twelve weeks from today.
pub(crate) fn period() -> Result<Period, Failure> {
    let end = NaiveDate::from_ymd_opt(2026, 9, 25).ok_or("a date")?;
    Ok(Period::new(TODAY, end)?)
}

pub(crate) fn placement(state: PlacementState) -> Result<Placement, Failure> {
    Ok(Placement::from_parts(PlacementParts {
        id: PlacementId::new(Uuid::from_u128(100)),
        tenant_id: TenantId::new(Uuid::from_u128(900)),
        student_id: user(STUDENT),
        programme_id: ProgrammeId::new(Uuid::from_u128(700)),
        policy_version: PolicyVersion::FIRST,
        organisation_id: organisation(),
        site_id: None,
        mode: Mode::OnSite,
        continues: None,
        period: period()?,
        industrial_supervisor: Some(user(INDUSTRIAL)),
        university_supervisor: Some(user(UNIVERSITY)),
        relationship_declared: None,
        state,
        version: Version::FIRST,
        created_at: now(),
        updated_at: now(),
    })?)
}
