//! An institution in Dar es Salaam, its people, and the placement P of the table of edge cases.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Africa;
use uuid::Uuid;

use crate::{
    Instant,
    error::Violation as _,
    id::{
        DelegationId, EventId, LogEntryId, OrganisationId, PlacementId, ProgrammeId, ReviewId, SiteId,
        TenantId,
    },
    logbook::{
        circumstances::{Circumstances, FreshIds, Surroundings},
        input::LocationInput,
        refusal::Refusal,
        violation::LogViolation,
    },
    placement::{
        delegation::{Delegation, DelegationParts, Part},
        mode::Mode,
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{Policy, PolicyDraft, PolicyVersion},
        position::Position,
        site::{Site, SiteCalendar, SiteDraft, Workplace},
        state::PlacementState,
    },
    tenancy::calendar::{WeekendDays, WorkingCalendar},
    text::Remark,
    version::Version,
};

pub(super) use super::{people::*, said::*};

/// The institution.
pub(super) const HERE: u128 = 900;

pub(super) fn tenant() -> TenantId {
    TenantId::new(Uuid::from_u128(HERE))
}

pub(super) fn placement_id() -> PlacementId {
    PlacementId::new(Uuid::from_u128(100))
}

pub(super) fn entry_id() -> LogEntryId {
    LogEntryId::new(Uuid::from_u128(300))
}

/// A day of 2026: `07-06`.
pub(super) fn day(text: &str) -> NaiveDate {
    format!("2026-{text}").parse().unwrap()
}

/// A moment of 2026 on the clocks of Dar es Salaam: `07-06 17:00`, or with seconds.
pub(super) fn local(text: &str) -> Instant {
    let (date, time) = text.split_once(' ').unwrap();
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let moment = format!("2026-{date}T{time}{seconds}+03:00");
    DateTime::parse_from_rfc3339(&moment).unwrap().to_utc()
}

pub(super) fn remark(text: &str) -> Remark {
    Remark::parse(Some(text)).unwrap().unwrap()
}

pub(super) fn calendar(holidays: &[&str]) -> WorkingCalendar {
    let holidays: BTreeSet<_> = holidays.iter().map(|holiday| day(holiday)).collect();
    WorkingCalendar::new(Africa::Dar_es_Salaam, WeekendDays::SATURDAY_AND_SUNDAY, holidays)
}

pub(super) fn policy(draft: PolicyDraft) -> Policy {
    Policy::from_draft(draft).unwrap()
}

/// Where P's workplace stands: on the equator, so that a longitude is a distance.
pub(super) const WORKPLACE_LNG: f64 = 39.0;
/// The equator's length of one degree of longitude on WGS 84, in metres.
const DEGREE_M: f64 = 111_319.490_793;

/// A position so many metres east of the workplace.
pub(super) fn metres_east(metres: f64) -> LocationInput {
    LocationInput {
        lat: 0.0,
        lng: WORKPLACE_LNG + metres / DEGREE_M,
        accuracy_m: None,
        captured_at: None,
    }
}

/// P's site, with a position, a radius of 200 m by the policy, and these holidays of its own.
pub(super) fn site(holidays: Option<&[&str]>) -> Site {
    let draft = SiteDraft {
        name: "Ubungo workshop".to_owned(),
        position: Some(Position::new(0.0, WORKPLACE_LNG).unwrap()),
        calendar: SiteCalendar {
            weekend: None,
            holidays: holidays.map(|holidays| holidays.iter().map(|holiday| day(holiday)).collect()),
        },
        ..SiteDraft::default()
    };
    let (id, organisation) = (
        SiteId::new(Uuid::from_u128(810)),
        OrganisationId::new(Uuid::from_u128(800)),
    );
    Site::create(id, organisation, None, draft).unwrap()
}

pub(super) fn workplace(site: &Site, mode: Mode) -> Workplace {
    Workplace::of(Some(site), &calendar(&[]), mode, &Policy::default())
}

pub(super) fn placement_parts(state: PlacementState) -> PlacementParts {
    PlacementParts {
        id: placement_id(),
        tenant_id: tenant(),
        student_id: STUDENT.id(),
        programme_id: ProgrammeId::new(Uuid::from_u128(700)),
        policy_version: PolicyVersion::FIRST,
        organisation_id: OrganisationId::new(Uuid::from_u128(800)),
        site_id: None,
        mode: Mode::OnSite,
        continues: None,
        period: Period::new(day("07-06"), day("09-25")).unwrap(),
        industrial_supervisor: Some(INDUSTRIAL.id()),
        university_supervisor: Some(UNIVERSITY.id()),
        relationship_declared: None,
        state,
        version: Version::new(4),
        created_at: local("06-01 09:00"),
        updated_at: local("06-01 09:00"),
    }
}

pub(super) fn placement(state: PlacementState) -> Placement {
    Placement::from_parts(placement_parts(state)).unwrap()
}

/// P, active since a day.
pub(super) fn active_since(since: &str) -> Placement {
    placement(PlacementState::Active { since: day(since) })
}

/// P, terminated with this last day.
pub(super) fn terminated(effective: &str) -> Placement {
    let (active_since, reason) = (Some(day("07-06")), remark("The company closed."));
    placement(PlacementState::Terminated {
        active_since,
        effective: day(effective),
        reason,
    })
}

/// P with another industrial supervisor.
pub(super) fn supervised_by(industrial: Person) -> Placement {
    let active = PlacementState::Active { since: day("07-06") };
    let parts = PlacementParts {
        industrial_supervisor: Some(industrial.id()),
        ..placement_parts(active)
    };
    Placement::from_parts(parts).unwrap()
}

pub(super) fn delegation(part: Part, delegate: Person, from: &str, to: &str) -> Delegation {
    let parts = DelegationParts {
        id: DelegationId::new(Uuid::from_u128(500)),
        placement_id: placement_id(),
        part,
        delegate: delegate.id(),
        from: day(from),
        to: day(to),
        appointed_by: COORDINATOR.id(),
    };
    Delegation::from_parts(parts).unwrap()
}

/// What lies around an entry, at one moment: P active since its first day, its own site, no delegates.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) placement: Placement,
    pub(super) policy: Policy,
    pub(super) workplace: Workplace,
    pub(super) institution: WorkingCalendar,
    pub(super) delegations: Vec<Delegation>,
    pub(super) surroundings: Surroundings,
    pub(super) now: Instant,
}

impl Setting {
    pub(super) fn new() -> Self {
        Self {
            placement: active_since("07-06"),
            policy: Policy::default(),
            workplace: workplace(&site(None), Mode::OnSite),
            institution: calendar(&[]),
            delegations: Vec::new(),
            surroundings: Surroundings::default(),
            now: local("07-06 17:00"),
        }
    }

    /// With a delegate of each supervisor, for July.
    pub(super) fn with_delegates() -> Self {
        let delegations = vec![
            delegation(Part::Industrial, INDUSTRIAL_DELEGATE, "07-01", "07-31"),
            delegation(Part::Academic, ACADEMIC_DELEGATE, "07-01", "07-31"),
        ];
        Self {
            delegations,
            ..Self::new()
        }
    }

    pub(super) fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            placement: &self.placement,
            policy: &self.policy,
            workplace: &self.workplace,
            institution: &self.institution,
            delegations: &self.delegations,
            now: self.now,
        }
    }
}

/// Ids for the `number`-th transition.
pub(super) fn fresh_ids(number: usize) -> FreshIds {
    let number = u128::try_from(number).unwrap();
    FreshIds {
        review: ReviewId::new(Uuid::from_u128(1_000 + number)),
        event: EventId::new(Uuid::from_u128(2_000 + number)),
    }
}

/// All codes of a refusal, in the order in which they are told.
pub(super) fn codes_of(refusal: &Refusal) -> Vec<&'static str> {
    match refusal {
        Refusal::Rules(found) => found.iter().map(LogViolation::code).collect(),
        Refusal::NotFound
        | Refusal::Forbidden { .. }
        | Refusal::NotYourPlacement { .. }
        | Refusal::SeparationOfDuties(_)
        | Refusal::Stale { .. }
        | Refusal::InvalidTransition { .. } => vec![refusal.code()],
    }
}

/// The codes of an answer; none when it was accepted.
pub(super) fn codes<T>(answer: &Result<T, Refusal>) -> Vec<&'static str> {
    answer.as_ref().err().map_or_else(Vec::new, codes_of)
}
