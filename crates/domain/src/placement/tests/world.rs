//! An institution in Dar es Salaam, a student, and the people around; dates as in the table of edge cases.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeZone as _, Utc};
use uuid::Uuid;

use crate::{
    Instant,
    actor::Actor,
    id::{EventId, OrganisationId, PlacementId, ProgrammeId, TenantId, UserId},
    identity::permission::{Permission, PermissionSet},
    placement::{
        authority::Acting,
        delegation::Part,
        event::PlacementEvent,
        guard::Setting,
        mode::Mode,
        neighbour::Neighbour,
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{Policy, PolicyVersion},
        proposal::Proposal,
        refusal::PlacementRefusal,
        state::{PlacementState, PlacementStateName},
        supervisor::Candidate,
        violation::PlacementViolation,
    },
    text::Remark,
    version::Version,
};

pub(super) const STUDENT: u128 = 1;
pub(super) const INDUSTRIAL: u128 = 2;
pub(super) const UNIVERSITY: u128 = 3;
pub(super) const COORDINATOR: u128 = 4;
pub(super) const SOMEBODY: u128 = 5;

/// The acting person and what an action on a placement says besides.
pub(super) type Decided = Result<(Placement, PlacementEvent), PlacementRefusal>;

pub(super) fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

pub(super) fn tenant() -> TenantId {
    TenantId::new(Uuid::from_u128(900))
}

pub(super) fn organisation() -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(800))
}

pub(super) fn placement_id(number: u128) -> PlacementId {
    PlacementId::new(Uuid::from_u128(number))
}

/// A day of 2026.
pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub(super) fn period(from: (u32, u32), to: (u32, u32)) -> Period {
    Period::new(day(from.0, from.1), day(to.0, to.1)).unwrap()
}

pub(super) fn noon(date: NaiveDate) -> Instant {
    Utc.from_utc_datetime(&date.and_hms_opt(9, 0, 0).unwrap())
}

pub(super) fn remark(text: &str) -> Option<Remark> {
    Remark::parse(Some(text)).unwrap()
}

/// Somebody with the permissions of a role, in the institution.
pub(super) fn actor(number: u128) -> Actor {
    let permissions: &[Permission] = match number {
        COORDINATOR => &[Permission::PlacementRead, Permission::PlacementCoordinate],
        STUDENT | SOMEBODY => &[Permission::PlacementRead, Permission::PlacementPropose],
        _ => &[Permission::PlacementRead],
    };
    with_permissions(number, permissions)
}

pub(super) fn with_permissions(number: u128, permissions: &[Permission]) -> Actor {
    let grants = vec![(tenant(), PermissionSet::of(permissions))];
    Actor::new(user(number), Some(tenant()), grants, PermissionSet::EMPTY)
}

pub(super) fn acting(actor: &Actor, today: NaiveDate) -> Acting<'_> {
    Acting {
        actor,
        seen: None,
        now: noon(today),
        today,
        event_id: EventId::new(Uuid::from_u128(7)),
    }
}

pub(super) fn candidate(number: u128) -> Candidate {
    Candidate {
        user_id: user(number),
        holds_role: true,
        organisation_id: Some(organisation()),
    }
}

/// P of the table of edge cases, in a state.
pub(super) fn parts(state: PlacementState) -> PlacementParts {
    PlacementParts {
        id: placement_id(100),
        tenant_id: tenant(),
        student_id: user(STUDENT),
        programme_id: ProgrammeId::new(Uuid::from_u128(700)),
        policy_version: PolicyVersion::FIRST,
        organisation_id: organisation(),
        site_id: None,
        mode: Mode::OnSite,
        continues: None,
        period: period((7, 6), (9, 25)),
        industrial_supervisor: Some(user(INDUSTRIAL)),
        university_supervisor: Some(user(UNIVERSITY)),
        relationship_declared: None,
        state,
        version: Version::new(4),
        created_at: noon(day(6, 1)),
        updated_at: noon(day(6, 1)),
    }
}

pub(super) fn placement(state: PlacementState) -> Placement {
    Placement::from_parts(parts(state)).unwrap()
}

pub(super) fn active() -> Placement {
    placement(PlacementState::Active { since: day(7, 6) })
}

/// P, terminated on a day of August.
pub(super) fn terminated(effective: NaiveDate) -> Placement {
    placement(PlacementState::Terminated {
        active_since: Some(day(7, 6)),
        effective,
        reason: remark("the company closed").unwrap(),
    })
}

/// P in every state.
pub(super) fn in_every_state() -> BTreeMap<PlacementStateName, Placement> {
    let reason = remark("as agreed").unwrap();
    let since = day(7, 6);
    let states = [
        PlacementState::Proposed,
        PlacementState::ChangesRequested {
            reason: reason.clone(),
        },
        PlacementState::Approved,
        PlacementState::Active { since },
        PlacementState::Suspended {
            active_since: since,
            since: day(7, 20),
            reason: reason.clone(),
        },
        PlacementState::Completed {
            active_since: since,
            on: day(9, 25),
        },
        PlacementState::Terminated {
            active_since: Some(since),
            effective: day(8, 14),
            reason,
        },
        PlacementState::Cancelled { reason: None },
        PlacementState::Withdrawn { reason: None },
    ];
    states
        .into_iter()
        .map(|state| (state.name(), placement(state)))
        .collect()
}

/// P2: another placement of the student, as it is brought.
pub(super) fn proposal(period: Period) -> Proposal {
    Proposal {
        id: placement_id(101),
        tenant_id: tenant(),
        student_id: user(STUDENT),
        programme_id: ProgrammeId::new(Uuid::from_u128(700)),
        organisation_id: organisation(),
        site_id: None,
        mode: Mode::OnSite,
        continues: None,
        period,
        industrial_supervisor: None,
        university_supervisor: None,
        relationship_declared: None,
    }
}

/// A programme of the whole year, with nothing that stands in the way.
pub(super) struct World {
    pub(super) policy: Policy,
    pub(super) policy_version: PolicyVersion,
    pub(super) window: Period,
    pub(super) neighbours: Vec<Neighbour>,
    pub(super) organisation_verified: bool,
    pub(super) industrial: Option<Candidate>,
    pub(super) university: Option<Candidate>,
    pub(super) delegations: Vec<crate::placement::delegation::Delegation>,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            policy: Policy::default(),
            policy_version: PolicyVersion::FIRST,
            window: period((1, 1), (12, 31)),
            neighbours: Vec::new(),
            organisation_verified: true,
            industrial: Some(candidate(INDUSTRIAL)),
            university: Some(Candidate {
                organisation_id: None,
                ..candidate(UNIVERSITY)
            }),
            delegations: Vec::new(),
        }
    }

    pub(super) fn beside(placements: &[&Placement]) -> Self {
        let neighbours = placements
            .iter()
            .filter_map(|placement| Neighbour::of(placement))
            .collect();
        Self {
            neighbours,
            ..Self::new()
        }
    }

    pub(super) fn setting(&self) -> Setting<'_> {
        Setting {
            terms: crate::placement::guard::Terms {
                window: self.window,
                policy: &self.policy,
                policy_version: self.policy_version,
            },
            neighbours: &self.neighbours,
            organisation_verified: self.organisation_verified,
            industrial: self.industrial,
            university: self.university,
            delegations: &self.delegations,
        }
    }

    pub(super) fn propose(&self, proposal: Proposal, by: u128) -> Decided {
        let actor = actor(by);
        Placement::propose(proposal, &acting(&actor, day(6, 1)), &self.setting())
    }

    pub(super) fn assign(
        &self,
        placement: Placement,
        part: Part,
        person: u128,
        reason: Option<Remark>,
    ) -> Decided {
        let actor = actor(COORDINATOR);
        let acting = acting(&actor, day(7, 20));
        placement.assign_supervisor(part, user(person), reason, &acting, &self.setting())
    }
}

/// The codes of the broken guards, in the order in which they are told.
pub(super) fn codes(decided: &Decided) -> Vec<&'static str> {
    use crate::error::Violation as _;
    match decided {
        Err(PlacementRefusal::Rules(found)) => found.iter().map(PlacementViolation::code).collect(),
        Ok(_) => Vec::new(),
        Err(refusal) => vec![refusal.code()],
    }
}
